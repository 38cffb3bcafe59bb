BEGIN TRANSACTION;
CREATE TABLE agenda_item (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	project_id INTEGER NOT NULL, 
	meeting_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	title TEXT NOT NULL, 
	presenter TEXT, 
	minutes_planned INTEGER, 
	notes TEXT, started_at TEXT, ended_at TEXT, seconds_before INTEGER, 
	CONSTRAINT ck_agenda_item_minutes CHECK (minutes_planned >= 0), 
	CONSTRAINT fk_agenda_item_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT fk_agenda_item_project_id FOREIGN KEY(project_id) REFERENCES project (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT uq_agenda_item_uid UNIQUE (uid)
)
 STRICT

;
CREATE TABLE alembic_version (
	version_num TEXT NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0005');
CREATE TABLE answer (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	project_id INTEGER NOT NULL, 
	assessment_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	code TEXT NOT NULL, 
	criterion TEXT NOT NULL, 
	criterion_title TEXT NOT NULL, 
	text TEXT NOT NULL, 
	proof TEXT, 
	source TEXT, 
	weight INTEGER NOT NULL, 
	applies INTEGER NOT NULL, 
	score INTEGER, 
	note TEXT, found_at TEXT, 
	CONSTRAINT ck_answer_score CHECK (score BETWEEN 0 AND 4), 
	CONSTRAINT ck_answer_weight CHECK (weight BETWEEN 1 AND 3), 
	CONSTRAINT fk_answer_assessment_id FOREIGN KEY(assessment_id) REFERENCES assessment (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT fk_answer_project_id FOREIGN KEY(project_id) REFERENCES project (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT uq_answer_assessment_id_code UNIQUE (assessment_id, code), 
	CONSTRAINT uq_answer_uid UNIQUE (uid)
)
 STRICT

;
CREATE TABLE approved_fact (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	project_id INTEGER NOT NULL, 
	about TEXT NOT NULL, 
	about_uid TEXT NOT NULL, 
	field TEXT NOT NULL, 
	value TEXT, 
	said TEXT NOT NULL, 
	CONSTRAINT uq_approved_fact_uid UNIQUE (uid), 
	CONSTRAINT fk_approved_fact_project_id FOREIGN KEY(project_id) REFERENCES project (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT uq_approved_fact_project_id_about_about_uid_field UNIQUE (project_id, about, about_uid, field)
)
 STRICT

;
CREATE TABLE assessment (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	project_id INTEGER NOT NULL, 
	checklist TEXT NOT NULL, 
	version TEXT, 
	title TEXT NOT NULL, 
	phase TEXT, 
	assessor TEXT NOT NULL, 
	day TEXT NOT NULL, 
	state TEXT NOT NULL, 
	notes TEXT, 
	CONSTRAINT fk_assessment_project_id FOREIGN KEY(project_id) REFERENCES project (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT uq_assessment_uid UNIQUE (uid)
)
 STRICT

;
CREATE TABLE attendance (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	project_id INTEGER NOT NULL, 
	meeting_id INTEGER NOT NULL, 
	contact_id INTEGER NOT NULL, 
	day TEXT, 
	presence TEXT NOT NULL, 
	CONSTRAINT fk_attendance_contact_id FOREIGN KEY(contact_id) REFERENCES contact (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT fk_attendance_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT fk_attendance_project_id FOREIGN KEY(project_id) REFERENCES project (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT uq_attendance_meeting_id_contact_id_day UNIQUE (meeting_id, contact_id, day), 
	CONSTRAINT uq_attendance_uid UNIQUE (uid)
)
 STRICT

;
CREATE TABLE contact (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	project_id INTEGER NOT NULL, 
	partner_id INTEGER, 
	name TEXT NOT NULL, 
	role TEXT, 
	email TEXT, 
	phone TEXT, 
	language TEXT, 
	notes TEXT, organisation TEXT, 
	CONSTRAINT fk_contact_partner_id FOREIGN KEY(partner_id) REFERENCES partner (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT fk_contact_project_id FOREIGN KEY(project_id) REFERENCES project (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT uq_contact_uid UNIQUE (uid)
)
 STRICT

;
CREATE TABLE cost (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	project_id INTEGER NOT NULL, 
	work_unit_id INTEGER, 
	partner_id INTEGER, 
	kind TEXT NOT NULL, 
	title TEXT, 
	staff_category TEXT, 
	quarter TEXT, 
	planned_hundredths INTEGER, 
	used_hundredths INTEGER, 
	rate_cents INTEGER, 
	planned_cents INTEGER, 
	used_cents INTEGER, 
	meeting_id INTEGER, 
	notes TEXT, 
	CONSTRAINT uq_cost_uid UNIQUE (uid), 
	CONSTRAINT fk_cost_project_id FOREIGN KEY(project_id) REFERENCES project (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT fk_cost_work_unit_id FOREIGN KEY(work_unit_id) REFERENCES work_unit (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT fk_cost_partner_id FOREIGN KEY(partner_id) REFERENCES partner (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT fk_cost_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT ck_cost_planned_cents CHECK (planned_cents >= 0), 
	CONSTRAINT ck_cost_planned_hundredths CHECK (planned_hundredths >= 0), 
	CONSTRAINT ck_cost_rate_cents CHECK (rate_cents >= 0), 
	CONSTRAINT ck_cost_used_cents CHECK (used_cents >= 0), 
	CONSTRAINT ck_cost_used_hundredths CHECK (used_hundredths >= 0)
)
 STRICT

;
CREATE TABLE deliverable (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	project_id INTEGER NOT NULL, 
	code TEXT NOT NULL, 
	title TEXT NOT NULL, 
	work_unit_id INTEGER, 
	lead_id INTEGER, 
	lead_text TEXT, 
	due TEXT, 
	due_month INTEGER, 
	due_precision TEXT NOT NULL, 
	state TEXT NOT NULL, 
	review_due TEXT, 
	delivered_on TEXT, 
	languages TEXT, 
	licence TEXT, 
	visibility_checked_on TEXT, 
	published_at TEXT, 
	notes TEXT, platform_state TEXT, platform_on TEXT, platform_link TEXT, 
	CONSTRAINT fk_deliverable_lead_id FOREIGN KEY(lead_id) REFERENCES partner (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT fk_deliverable_project_id FOREIGN KEY(project_id) REFERENCES project (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT fk_deliverable_work_unit_id FOREIGN KEY(work_unit_id) REFERENCES work_unit (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT uq_deliverable_project_id_code UNIQUE (project_id, code), 
	CONSTRAINT uq_deliverable_uid UNIQUE (uid)
)
 STRICT

;
CREATE TABLE departure (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	project_id INTEGER NOT NULL, 
	about TEXT NOT NULL, 
	about_uid TEXT NOT NULL, 
	field TEXT NOT NULL, 
	why TEXT, 
	handling TEXT, 
	asked_on TEXT, 
	answered_on TEXT, 
	answer TEXT, 
	letter_id INTEGER, 
	notes TEXT, 
	CONSTRAINT uq_departure_uid UNIQUE (uid), 
	CONSTRAINT fk_departure_project_id FOREIGN KEY(project_id) REFERENCES project (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT fk_departure_letter_id FOREIGN KEY(letter_id) REFERENCES letter (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT uq_departure_project_id_about_about_uid_field UNIQUE (project_id, about, about_uid, field)
)
 STRICT

;
CREATE TABLE dissemination (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	project_id INTEGER NOT NULL, 
	title TEXT NOT NULL, 
	sort TEXT, 
	state TEXT NOT NULL, 
	day TEXT, 
	day_month INTEGER, 
	precision TEXT NOT NULL, 
	end_day TEXT, 
	partner_id INTEGER, 
	work_unit_id INTEGER, 
	deliverable_id INTEGER, 
	audience TEXT, 
	reach INTEGER, 
	language TEXT, 
	place TEXT, 
	link TEXT, 
	emblem INTEGER, 
	disclaimer INTEGER, 
	notes TEXT, 
	CONSTRAINT uq_dissemination_uid UNIQUE (uid), 
	CONSTRAINT fk_dissemination_project_id FOREIGN KEY(project_id) REFERENCES project (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT fk_dissemination_partner_id FOREIGN KEY(partner_id) REFERENCES partner (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT fk_dissemination_work_unit_id FOREIGN KEY(work_unit_id) REFERENCES work_unit (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT fk_dissemination_deliverable_id FOREIGN KEY(deliverable_id) REFERENCES deliverable (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT ck_dissemination_day_to_end_day CHECK ("end_day" >= "day"), 
	CONSTRAINT ck_dissemination_reach CHECK (reach >= 0)
)
 STRICT

;
CREATE TABLE head_count (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	project_id INTEGER NOT NULL, 
	meeting_id INTEGER NOT NULL, 
	partner_id INTEGER, 
	organisation TEXT, 
	country TEXT, 
	profile TEXT, 
	people INTEGER NOT NULL, 
	online INTEGER NOT NULL, fewer_opportunities INTEGER CONSTRAINT ck_head_count_fewer_opportunities CHECK (fewer_opportunities >= 0), 
	CONSTRAINT ck_head_count_people CHECK (people >= 0), 
	CONSTRAINT fk_head_count_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT fk_head_count_partner_id FOREIGN KEY(partner_id) REFERENCES partner (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT fk_head_count_project_id FOREIGN KEY(project_id) REFERENCES project (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT uq_head_count_uid UNIQUE (uid)
)
 STRICT

;
CREATE TABLE history_change (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	entry_id INTEGER NOT NULL, 
	table_name TEXT NOT NULL, 
	row_id INTEGER NOT NULL, 
	"before" TEXT, 
	"after" TEXT, 
	salts TEXT NOT NULL, 
	CONSTRAINT fk_history_change_entry_id FOREIGN KEY(entry_id) REFERENCES history_entry (id) DEFERRABLE INITIALLY IMMEDIATE
)
 STRICT

;
INSERT INTO "history_change" VALUES(1,1,'project',1,NULL,'{"id": 1, "uid": "e27884f0-3575-441c-9b93-f86101b925e7", "acronym": "OLD", "title": "A project of the fifth tables", "shape": "work_packages", "currency": "EUR"}','{"salt": "00254ec836ad433e"}');
INSERT INTO "history_change" VALUES(2,1,'phase',1,NULL,'{"id": 1, "uid": "6c65ca2e-52e0-42e8-ae09-886861a087ef", "project_id": 1, "kind": "partnership", "state": "under_way", "gate_minimum": 60}','{"salt": "52419cdf69d6ac98"}');
INSERT INTO "history_change" VALUES(3,1,'phase_step',1,NULL,'{"id": 1, "uid": "43fe0595-64ba-4b0d-b798-30fb53547798", "project_id": 1, "phase_id": 1, "position": 1, "code": "ka2-or-ka1", "title": "Check that KA2 is the right action", "hint": "KA2 is cooperation of organisations. If only courses, job shadowing or mobility of pupils are wanted, KA1 is simpler. Choose by objectives, not by the amount of money."}','{"salt": "749bb5156f4dc421"}');
INSERT INTO "history_change" VALUES(4,1,'phase_step',2,NULL,'{"id": 2, "uid": "4b9fe533-fb02-42dc-a4f2-28b8dd5bb755", "project_id": 1, "phase_id": 1, "position": 2, "code": "find-partners", "title": "Look for partners", "hint": "Earlier projects on the results platform, your networks, partner databases of agencies."}','{"salt": "d22e62ced7748195"}');
INSERT INTO "history_change" VALUES(5,1,'phase_step',3,NULL,'{"id": 3, "uid": "1e42dd72-7a35-4387-95fd-e55b9e8ee4d2", "project_id": 1, "phase_id": 1, "position": 3, "code": "check-minimum", "title": "Check the minimum of the action", "hint": "Call 2025: three organisations from three EU or associated countries for KA220, two from two for KA210. The guide of your call decides."}','{"salt": "a305a7a3d07e9b4e"}');
INSERT INTO "history_change" VALUES(6,1,'phase_step',4,NULL,'{"id": 4, "uid": "fcd2628f-e6bb-40c3-a671-e26b0202630b", "project_id": 1, "phase_id": 1, "position": 4, "code": "collect-identifiers", "title": "Collect identifiers and contacts", "hint": "OID or PIC, legal name as in the register, contact person, somebody to stand in, legal representative, time zone."}','{"salt": "430927d796542eda"}');
INSERT INTO "history_change" VALUES(7,1,'phase_step',5,NULL,'{"id": 5, "uid": "1ada7fad-2b03-43d1-acd9-063f0486aeac", "project_id": 1, "phase_id": 1, "position": 5, "code": "agree-roles", "title": "Agree who does and leads what", "hint": "One sentence for each partner: what only this one brings. Newcomers get a named helper."}','{"salt": "cccddda6bbeb7db5"}');
INSERT INTO "history_change" VALUES(8,1,'phase_step',6,NULL,'{"id": 6, "uid": "ed17cda3-b19b-4982-923a-ee4b50a1efbe", "project_id": 1, "phase_id": 1, "position": 6, "code": "agree-rules", "title": "Agree how you decide, meet and part", "hint": "Write it down now, as a draft of the partnership agreement; later it costs more."}','{"salt": "2b380d3fa54bc10a"}');
INSERT INTO "history_change" VALUES(9,1,'phase',2,NULL,'{"id": 2, "uid": "b3a0ff47-7eb8-4c0b-adf2-01747b06d8c0", "project_id": 1, "kind": "goal", "state": "ahead", "gate_minimum": 60}','{"salt": "2a5e29f853cd4827"}');
INSERT INTO "history_change" VALUES(10,1,'phase_step',7,NULL,'{"id": 7, "uid": "f9597468-056a-4566-858c-361c2767726b", "project_id": 1, "phase_id": 2, "position": 1, "code": "ask-needs", "title": "Ask partners and target groups what they need", "hint": "Keep the questions and the answers: figures from your own countries convince."}','{"salt": "5fa072ac3c2b658a"}');
INSERT INTO "history_change" VALUES(11,1,'phase_step',8,NULL,'{"id": 8, "uid": "63d3a14d-0cca-4170-8956-0118e14a00ca", "project_id": 1, "phase_id": 2, "position": 2, "code": "choose-priorities", "title": "Choose at least one EU priority", "hint": "One for all fields or one of your field; say in a paragraph how the project serves it. Sport, call 2025: exactly one. Look for national priorities of your agency."}','{"salt": "7f7194e448ccbed1"}');
INSERT INTO "history_change" VALUES(12,1,'phase_step',9,NULL,'{"id": 9, "uid": "2d0b8dde-2835-4d1a-abd7-e25073691661", "project_id": 1, "phase_id": 2, "position": 3, "code": "search-results", "title": "Look what exists already", "hint": "Search the results platform and write down what is new in yours."}','{"salt": "1c235b392e575d18"}');
INSERT INTO "history_change" VALUES(13,1,'phase_step',10,NULL,'{"id": 10, "uid": "536c7c24-7c06-4f8d-a4be-63b5fbd04c94", "project_id": 1, "phase_id": 2, "position": 4, "code": "set-objectives", "title": "Set few objectives that can be measured", "hint": "For each an indicator with a starting value, a target and where the value comes from."}','{"salt": "b7b4c544b1f5f6f4"}');
INSERT INTO "history_change" VALUES(14,1,'phase_step',11,NULL,'{"id": 11, "uid": "bc788944-af61-444a-9014-26017b209390", "project_id": 1, "phase_id": 2, "position": 5, "code": "name-users", "title": "Name who will use the results afterwards", "hint": "Ask some of them before you write."}','{"salt": "32604c347679e593"}');
INSERT INTO "history_change" VALUES(15,1,'phase',3,NULL,'{"id": 3, "uid": "22375de2-0d8c-484f-82e6-a21a6feeeeb7", "project_id": 1, "kind": "proposal", "state": "ahead", "gate_minimum": 70}','{"salt": "ee767c547335a056"}');
INSERT INTO "history_change" VALUES(16,1,'phase_step',12,NULL,'{"id": 12, "uid": "eb05d0c5-db88-40a6-9b55-c7ebc8fe560a", "project_id": 1, "phase_id": 3, "position": 1, "code": "read-call", "title": "Read the guide of this call", "hint": "Amounts, ceilings and deadlines belong to one call year; none is carried over from the last."}','{"salt": "ebaee0ff03461d01"}');
INSERT INTO "history_change" VALUES(17,1,'phase_step',13,NULL,'{"id": 13, "uid": "28b6d352-2ffb-4456-ac01-facc5683ea94", "project_id": 1, "phase_id": 3, "position": 2, "code": "plan-work", "title": "Plan work packages or activities", "hint": "Each with lead, months and results, spread over the whole time; KA210 has activities only."}','{"salt": "4564d92d7b33d1ce"}');
INSERT INTO "history_change" VALUES(18,1,'phase_step',14,NULL,'{"id": 14, "uid": "e941fec7-d32c-4733-b444-32eb08e4b03e", "project_id": 1, "phase_id": 3, "position": 3, "code": "plan-budget", "title": "Make the budget", "hint": "Parts add up to the grant. KA220, when applying: management takes no more than 20 %."}','{"salt": "720002eea338695d"}');
INSERT INTO "history_change" VALUES(19,1,'phase_step',15,NULL,'{"id": 15, "uid": "311e8698-6e7d-4522-81bb-baaf3b31d418", "project_id": 1, "phase_id": 3, "position": 4, "code": "plan-quality", "title": "Outline quality, risks and dissemination", "hint": "Who checks what and when; what could go wrong; who hears about the results."}','{"salt": "507ca2b1adefc67f"}');
INSERT INTO "history_change" VALUES(20,1,'phase_step',16,NULL,'{"id": 16, "uid": "dc0e5cd6-e91f-41ec-a65e-1df35892dd24", "project_id": 1, "phase_id": 3, "position": 5, "code": "read-by-stranger", "title": "Let somebody read it who does not know it", "hint": "With the award criteria in hand. Leave two weeks."}','{"salt": "db31478f86c915d6"}');
INSERT INTO "history_change" VALUES(21,1,'phase_step',17,NULL,'{"id": 17, "uid": "d4d69749-4083-40dc-9fb1-04babf9b954e", "project_id": 1, "phase_id": 3, "position": 6, "code": "submit", "title": "Send the application", "hint": "Call 2025: before 12:00:00 Brussels time at national agencies, 17:00:00 at EACEA. Better a day early; the last version sent counts. Keep receipt and PDF."}','{"salt": "783c20a3de53fb7b"}');
INSERT INTO "history_change" VALUES(22,1,'phase',4,NULL,'{"id": 4, "uid": "ced87c29-4d30-48e4-8584-d1c6b2dbe7b9", "project_id": 1, "kind": "funding", "state": "ahead", "gate_minimum": 70}','{"salt": "f4b1514520981b18"}');
INSERT INTO "history_change" VALUES(23,1,'phase_step',18,NULL,'{"id": 18, "uid": "3a34c2c1-c5b7-4715-8d62-eb6d10603ea5", "project_id": 1, "phase_id": 4, "position": 1, "code": "answer-remarks", "title": "Share the result and answer the remarks", "hint": "Every remark of the experts gets an owner."}','{"salt": "37b6a1861e962e7a"}');
INSERT INTO "history_change" VALUES(24,1,'phase_step',19,NULL,'{"id": 19, "uid": "6e776da3-df44-48e9-aaf5-73dd5eb29096", "project_id": 1, "phase_id": 4, "position": 2, "code": "forms-validated", "title": "Get the forms accepted", "hint": "Legal entity form for all, financial identification form for the coordinator; more papers may be asked above 60 000 euros."}','{"salt": "ec4bbda4098d0a9b"}');
INSERT INTO "history_change" VALUES(25,1,'phase_step',20,NULL,'{"id": 20, "uid": "16228ecc-815d-4d89-9741-be65f3a0b678", "project_id": 1, "phase_id": 4, "position": 3, "code": "enter-data-sheet", "title": "Enter the dates of your data sheet", "hint": "Start, end, reports and payments as your own agreement has them. Leave blank what it does not name."}','{"salt": "bf29a964d563f82f"}');
INSERT INTO "history_change" VALUES(26,1,'phase_step',21,NULL,'{"id": 21, "uid": "aa5ef8e2-feb4-408d-934b-1370ca0a5cc8", "project_id": 1, "phase_id": 4, "position": 4, "code": "sign-partnership", "title": "Sign the partnership agreement with each partner", "hint": "Before any money moves. It is usually not sent in, but may have to be shown at a check."}','{"salt": "7d1bc82a015ef2b2"}');
INSERT INTO "history_change" VALUES(27,1,'phase_step',22,NULL,'{"id": 22, "uid": "707f38ec-4d7a-44be-9394-b7fd271369e0", "project_id": 1, "phase_id": 4, "position": 5, "code": "first-payment", "title": "Receive the first pre-financing", "hint": "Normally within 30 days of the last signature; it can come in parts, or after a guarantee."}','{"salt": "9303bbfd5fb1de01"}');
INSERT INTO "history_change" VALUES(28,1,'phase_step',23,NULL,'{"id": 23, "uid": "3a1766c6-c989-44b3-883e-a27020e46c47", "project_id": 1, "phase_id": 4, "position": 6, "code": "prepare-start", "title": "Prepare the start", "hint": "Access to the tools for two people, files, visibility kit, kick-off date."}','{"salt": "9cf1f54abb51a44d"}');
INSERT INTO "history_change" VALUES(29,1,'phase',5,NULL,'{"id": 5, "uid": "7a113310-ac68-4f97-b876-a3cf703bf9e0", "project_id": 1, "kind": "implementation", "state": "ahead", "gate_minimum": 70}','{"salt": "e284a39261838ed7"}');
INSERT INTO "history_change" VALUES(30,1,'phase_step',24,NULL,'{"id": 24, "uid": "2cfc3fc8-4d7c-4de5-8b9c-01c2d9fd27a8", "project_id": 1, "phase_id": 5, "position": 1, "code": "kick-off", "title": "Hold the kick-off meeting", "hint": "Roles, calendar, reporting rules, templates, visibility. Good practice: minutes within ten days."}','{"salt": "84eb4148f0447b2b"}');
INSERT INTO "history_change" VALUES(31,1,'phase_step',25,NULL,'{"id": 25, "uid": "308fc434-4c1d-4397-b5b9-85d40e2658f4", "project_id": 1, "phase_id": 5, "position": 2, "code": "keep-rhythm", "title": "Keep a rhythm of meetings", "hint": "Often monthly online and a project meeting every four to six months; what is agreed becomes a task."}','{"salt": "78a162f63f4d5861"}');
INSERT INTO "history_change" VALUES(32,1,'phase_step',26,NULL,'{"id": 26, "uid": "9ba7c3c5-aab4-4096-ba36-91ac2efde74e", "project_id": 1, "phase_id": 5, "position": 3, "code": "collect-proof", "title": "Collect proof as things happen", "hint": "Payment follows work that was done and can be shown, not receipts. Online: a participant list or screenshot stands for signatures; photos need consent."}','{"salt": "b231421aaa341752"}');
INSERT INTO "history_change" VALUES(33,1,'phase_step',27,NULL,'{"id": 27, "uid": "f81f47f5-b90b-4c44-ab5b-916c41867d36", "project_id": 1, "phase_id": 5, "position": 4, "code": "watch-plan", "title": "Compare with the plan every month", "hint": "Late, silent or changed: talk at once."}','{"salt": "c806ecdf35f36c6f"}');
INSERT INTO "history_change" VALUES(34,1,'phase_step',28,NULL,'{"id": 28, "uid": "f8405056-ef31-4b14-bca3-125fa9a94870", "project_id": 1, "phase_id": 5, "position": 5, "code": "ask-changes", "title": "Ask for changes in good time", "hint": "Partners, duration, work plan, bank account. Usually at the latest one month before the end; ask your agency."}','{"salt": "b2a3ac6ce85ea7b0"}');
INSERT INTO "history_change" VALUES(35,1,'phase_step',29,NULL,'{"id": 29, "uid": "bf80e457-70d0-46a0-bde6-9d78c5d4efe9", "project_id": 1, "phase_id": 5, "position": 6, "code": "report-on-way", "title": "Report on the way, where asked", "hint": "Some agreements want a progress or periodic report, some want none. The data sheet says."}','{"salt": "e96711b4f5eb6d99"}');
INSERT INTO "history_change" VALUES(36,1,'phase_step',30,NULL,'{"id": 30, "uid": "8b9d44c9-2a37-4e76-ae3d-38c540d77aef", "project_id": 1, "phase_id": 5, "position": 7, "code": "pay-partners", "title": "Pay the partners as agreed", "hint": "Compare planned and used regularly; good practice is every quarter."}','{"salt": "be41c6472f6dfbeb"}');
INSERT INTO "history_change" VALUES(37,1,'phase',6,NULL,'{"id": 6, "uid": "1ac88e3a-4df6-47cc-a0b2-5e9b25fd9341", "project_id": 1, "kind": "evaluation", "state": "ahead", "gate_minimum": 70}','{"salt": "07b13de888ab9411"}');
INSERT INTO "history_change" VALUES(38,1,'phase_step',31,NULL,'{"id": 31, "uid": "a339817e-cc1f-4394-bad5-e8263aef776a", "project_id": 1, "phase_id": 6, "position": 1, "code": "measure-start", "title": "Measure where you start", "hint": "Starting values in the first months; without them no change can be shown."}','{"salt": "2a97afe6f1c97e5d"}');
INSERT INTO "history_change" VALUES(39,1,'phase_step',32,NULL,'{"id": 32, "uid": "3e6233c7-646b-46c4-ac95-3807bc9f5253", "project_id": 1, "phase_id": 6, "position": 2, "code": "log-sharing", "title": "Note every act of sharing as it happens", "hint": "Date, partner, channel, public, number reached, proof. Emblem and disclaimer on everything."}','{"salt": "73f6ed2017e0886c"}');
INSERT INTO "history_change" VALUES(40,1,'phase_step',33,NULL,'{"id": 33, "uid": "e22bd6a1-301c-48e2-b042-ca8a6c88bb41", "project_id": 1, "phase_id": 6, "position": 3, "code": "half-way", "title": "Take stock half-way", "hint": "Partners judge work and cooperation; conclusions go into the minutes."}','{"salt": "fd5c1991e253518a"}');
INSERT INTO "history_change" VALUES(41,1,'phase_step',34,NULL,'{"id": 34, "uid": "21c0471e-a807-4e44-9b50-95441c80a551", "project_id": 1, "phase_id": 6, "position": 4, "code": "upload-drafts", "title": "Put results on the results platform as drafts", "hint": "Early, with description and language; a missing translation is then seen in time."}','{"salt": "d686b5c802a265a2"}');
INSERT INTO "history_change" VALUES(42,1,'phase_step',35,NULL,'{"id": 35, "uid": "cc6be5ad-ff63-4cda-a0e8-2e4d7a0a6e64", "project_id": 1, "phase_id": 6, "position": 5, "code": "send-for-review", "title": "Send the results for review", "hint": "Possible only after the project end, or once the final report is in; do it before the report, since they are judged together."}','{"salt": "8e165a2c0caed677"}');
INSERT INTO "history_change" VALUES(43,1,'phase_step',36,NULL,'{"id": 36, "uid": "9ab506f6-3874-46a5-b50a-00b1a2272d0f", "project_id": 1, "phase_id": 6, "position": 6, "code": "final-report", "title": "Send the final report", "hint": "By the date in your agreement, normally within 60 calendar days of the end. Partners send their part four weeks before; your own date is two weeks before."}','{"salt": "1ff48d48a6a58ecb"}');
INSERT INTO "history_change" VALUES(44,1,'phase_step',37,NULL,'{"id": 37, "uid": "c9a772a0-922f-40c1-955b-afe1581cdbbd", "project_id": 1, "phase_id": 6, "position": 7, "code": "archive", "title": "Settle the money and close the archive", "hint": "Keep papers at least 5 years after the final payment, at least 3 where the grant is no more than 60 000 euros; checks and national law can make it longer."}','{"salt": "8589eead66c3ddcc"}');
INSERT INTO "history_change" VALUES(45,2,'partner',1,NULL,'{"id": 1, "uid": "01d599f0-e504-4eab-9013-b961063142eb", "project_id": 1, "acronym": "ULODZ", "name": "University of \u0141\u00f3d\u017a", "role": "beneficiary", "country": "PL", "zone": "Europe/Warsaw", "working_days": "1,2,3,4,5", "day_start_minute": 540, "day_end_minute": 1020, "agreement_state": "none"}','{"salt": "21d96a1755d8c234"}');
INSERT INTO "history_change" VALUES(46,3,'task',1,NULL,'{"id": 1, "uid": "0dee6f23-4bf0-40ed-8f5e-72a601833cb8", "project_id": 1, "title": "Send minutes", "due": "2026-03-01", "due_precision": "day", "state": "open", "priority": "normal", "position": 0}','{"salt": "631fcf3af850d33b"}');
INSERT INTO "history_change" VALUES(47,4,'task',2,NULL,'{"id": 2, "uid": "71760990-069e-4f11-b123-99ec4fd76ced", "project_id": 1, "title": "Book rooms", "due_precision": "day", "state": "open", "priority": "normal", "position": 1}','{"salt": "4dd8a84171364574"}');
INSERT INTO "history_change" VALUES(48,5,'task',1,'{"finished_on": null, "state": "open"}','{"finished_on": "2026-02-01", "state": "done"}','{"salt": "5c12605370cca70b"}');
INSERT INTO "history_change" VALUES(49,6,'task',2,'{"id": 2, "uid": "71760990-069e-4f11-b123-99ec4fd76ced", "project_id": 1, "title": "Book rooms", "due_precision": "day", "state": "open", "priority": "normal", "position": 1}',NULL,'{"salt": "bc77e86bd8f1957b"}');
CREATE TABLE history_entry (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	at TEXT NOT NULL, 
	actor TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	label TEXT NOT NULL, 
	words TEXT NOT NULL, 
	project INTEGER, 
	undoes INTEGER, 
	revision TEXT NOT NULL, 
	salts TEXT NOT NULL, 
	digest TEXT NOT NULL, 
	CONSTRAINT fk_history_entry_undoes FOREIGN KEY(undoes) REFERENCES history_entry (id) DEFERRABLE INITIALLY IMMEDIATE
)
 STRICT

;
INSERT INTO "history_entry" VALUES(1,'2026-11-22 14:08:32.008509','Ana','do','Add project {acronym}','{"acronym": "OLD"}',1,NULL,'0005','{"salt": "aee55cf9cb275455"}','b3010f0c9857bb6513961c70e160fb87eb430a790d1f77a70be0decbf47aeeaf');
INSERT INTO "history_entry" VALUES(2,'2026-11-22 14:08:32.027924','Ana','do','Add partner {partner}','{"partner": "ULODZ"}',1,NULL,'0005','{"salt": "795b015f4341c279"}','ff899c9770f55fd548336a44a4bba393bf7b7e6b77c48918c4dd65b834c83eba');
INSERT INTO "history_entry" VALUES(3,'2026-11-22 14:08:32.083554','Ana','do','Add task “{title}”','{"title": "Send minutes"}',1,NULL,'0005','{"salt": "26c47934cc784c1a"}','56820aebbeb220402e939220a30c9a95021ebf1b85ab893c38fd6d2b55e1bda2');
INSERT INTO "history_entry" VALUES(4,'2026-11-22 14:08:32.088965','Ana','do','Add task “{title}”','{"title": "Book rooms"}',1,NULL,'0005','{"salt": "6ef321ffdd6ee522"}','67a915a0f1e5ee370ba4cdd89c72c1f93dc5e315aad8a6c99335f65ecaf78224');
INSERT INTO "history_entry" VALUES(5,'2026-11-22 14:08:32.096337','Ana','do','Finish “{title}”','{"title": "Send minutes", "below": "0"}',1,NULL,'0005','{"salt": "22ca564f2da90d9d"}','fc81fa20289227e5de3d19fc812fe46b7dbc79462e513cd18b10a9afff6ab520');
INSERT INTO "history_entry" VALUES(6,'2026-11-22 14:08:32.105918','Ana','do','Remove “{title}”','{"title": "Book rooms", "below": "0"}',1,NULL,'0005','{"salt": "fc72b9b2011cb2eb"}','5da6d60987fd56873c49e5fb95d279748bf9ab7449cd83889f45bde46290097d');
CREATE TABLE indicator (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	project_id INTEGER NOT NULL, 
	code TEXT, 
	title TEXT NOT NULL, 
	work_unit_id INTEGER, 
	lead_id INTEGER, 
	unit TEXT, 
	baseline TEXT, 
	target TEXT, 
	rising INTEGER NOT NULL, 
	term TEXT, 
	source TEXT, 
	due TEXT, 
	due_month INTEGER, 
	due_precision TEXT NOT NULL, 
	notes TEXT, 
	CONSTRAINT uq_indicator_uid UNIQUE (uid), 
	CONSTRAINT fk_indicator_project_id FOREIGN KEY(project_id) REFERENCES project (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT fk_indicator_work_unit_id FOREIGN KEY(work_unit_id) REFERENCES work_unit (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT fk_indicator_lead_id FOREIGN KEY(lead_id) REFERENCES partner (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT uq_indicator_project_id_code UNIQUE (project_id, code)
)
 STRICT

;
CREATE TABLE journey (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	project_id INTEGER NOT NULL, 
	meeting_id INTEGER, 
	partner_id INTEGER, 
	day TEXT, 
	title TEXT, 
	people INTEGER NOT NULL, 
	distance_km INTEGER, 
	green INTEGER NOT NULL, 
	amount_cents INTEGER, 
	used_cents INTEGER, 
	notes TEXT, 
	CONSTRAINT uq_journey_uid UNIQUE (uid), 
	CONSTRAINT fk_journey_project_id FOREIGN KEY(project_id) REFERENCES project (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT fk_journey_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT fk_journey_partner_id FOREIGN KEY(partner_id) REFERENCES partner (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT ck_journey_amount_cents CHECK (amount_cents >= 0), 
	CONSTRAINT ck_journey_distance_km CHECK (distance_km >= 0), 
	CONSTRAINT ck_journey_people CHECK (people >= 1), 
	CONSTRAINT ck_journey_used_cents CHECK (used_cents >= 0)
)
 STRICT

;
CREATE TABLE letter (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	project_id INTEGER NOT NULL, 
	day TEXT NOT NULL, 
	direction TEXT NOT NULL, 
	channel TEXT NOT NULL, 
	contact_id INTEGER, 
	with_whom TEXT, 
	subject TEXT NOT NULL, 
	text TEXT, 
	reference_nr TEXT, 
	answer_by TEXT, 
	answered_on TEXT, 
	answers_id INTEGER, 
	notes TEXT, 
	CONSTRAINT uq_letter_uid UNIQUE (uid), 
	CONSTRAINT fk_letter_project_id FOREIGN KEY(project_id) REFERENCES project (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT fk_letter_contact_id FOREIGN KEY(contact_id) REFERENCES contact (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT fk_letter_answers_id FOREIGN KEY(answers_id) REFERENCES letter (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT ck_letter_answers CHECK (answers_id <> id)
)
 STRICT

;
CREATE TABLE log_entry (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	project_id INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	code TEXT, 
	title TEXT NOT NULL, 
	description TEXT, 
	category TEXT, 
	state TEXT NOT NULL, 
	opened_on TEXT, 
	due TEXT, 
	closed_on TEXT, 
	raised_by TEXT, 
	partner_id INTEGER, 
	contact_id INTEGER, 
	urgency INTEGER, 
	impact INTEGER, 
	size INTEGER, 
	reason TEXT, 
	consequence TEXT, 
	decided_by TEXT, 
	decided_on TEXT, 
	solution TEXT, 
	issue_id INTEGER, 
	work_unit_id INTEGER, 
	risk_id INTEGER, 
	outcome_id INTEGER, 
	notes TEXT, 
	CONSTRAINT uq_log_entry_uid UNIQUE (uid), 
	CONSTRAINT fk_log_entry_project_id FOREIGN KEY(project_id) REFERENCES project (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT fk_log_entry_partner_id FOREIGN KEY(partner_id) REFERENCES partner (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT fk_log_entry_contact_id FOREIGN KEY(contact_id) REFERENCES contact (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT fk_log_entry_issue_id FOREIGN KEY(issue_id) REFERENCES log_entry (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT fk_log_entry_work_unit_id FOREIGN KEY(work_unit_id) REFERENCES work_unit (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT fk_log_entry_risk_id FOREIGN KEY(risk_id) REFERENCES risk (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT fk_log_entry_outcome_id FOREIGN KEY(outcome_id) REFERENCES outcome (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT ck_log_entry_impact CHECK (impact BETWEEN 1 AND 5), 
	CONSTRAINT ck_log_entry_issue CHECK (issue_id <> id), 
	CONSTRAINT ck_log_entry_size CHECK (size BETWEEN 1 AND 5), 
	CONSTRAINT ck_log_entry_urgency CHECK (urgency BETWEEN 1 AND 5), 
	CONSTRAINT uq_log_entry_project_id_code UNIQUE (project_id, code)
)
 STRICT

;
CREATE TABLE measurement (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	project_id INTEGER NOT NULL, 
	indicator_id INTEGER NOT NULL, 
	day TEXT NOT NULL, 
	value TEXT NOT NULL, 
	source TEXT, 
	note TEXT, 
	CONSTRAINT uq_measurement_uid UNIQUE (uid), 
	CONSTRAINT fk_measurement_project_id FOREIGN KEY(project_id) REFERENCES project (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT fk_measurement_indicator_id FOREIGN KEY(indicator_id) REFERENCES indicator (id) DEFERRABLE INITIALLY IMMEDIATE
)
 STRICT

;
CREATE TABLE meeting (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	project_id INTEGER NOT NULL, 
	code TEXT, 
	title TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	mode TEXT, 
	state TEXT NOT NULL, 
	day TEXT, 
	end_day TEXT, 
	month INTEGER, 
	precision TEXT NOT NULL, 
	starts_at TEXT, 
	zone TEXT, 
	minutes_long INTEGER, 
	place TEXT, 
	city TEXT, 
	country TEXT, 
	link TEXT, 
	host_id INTEGER, 
	work_unit_id INTEGER, 
	participants INTEGER, 
	remote_participants INTEGER, 
	summary TEXT, 
	minutes_sent_on TEXT, 
	notes TEXT, started_at TEXT, ended_at TEXT, series TEXT, template TEXT, expected_participants INTEGER CONSTRAINT ck_meeting_expected_participants CHECK (expected_participants >= 0), direction TEXT, 
	CONSTRAINT ck_meeting_day_to_end_day CHECK ("end_day" >= "day"), 
	CONSTRAINT ck_meeting_length CHECK (minutes_long > 0), 
	CONSTRAINT ck_meeting_participants CHECK (participants >= 0), 
	CONSTRAINT fk_meeting_host_id FOREIGN KEY(host_id) REFERENCES partner (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT fk_meeting_project_id FOREIGN KEY(project_id) REFERENCES project (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT fk_meeting_work_unit_id FOREIGN KEY(work_unit_id) REFERENCES work_unit (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT uq_meeting_uid UNIQUE (uid)
)
 STRICT

;
CREATE TABLE message (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	project_id INTEGER NOT NULL, 
	partner_id INTEGER, 
	contact_id INTEGER, 
	day TEXT NOT NULL, 
	direction TEXT NOT NULL, 
	channel TEXT NOT NULL, 
	chase INTEGER NOT NULL, 
	tone TEXT, 
	text TEXT, 
	CONSTRAINT fk_message_contact_id FOREIGN KEY(contact_id) REFERENCES contact (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT fk_message_partner_id FOREIGN KEY(partner_id) REFERENCES partner (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT fk_message_project_id FOREIGN KEY(project_id) REFERENCES project (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT uq_message_uid UNIQUE (uid)
)
 STRICT

;
CREATE TABLE milestone (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	project_id INTEGER NOT NULL, 
	code TEXT NOT NULL, 
	title TEXT NOT NULL, 
	work_unit_id INTEGER, 
	due TEXT, 
	due_month INTEGER, 
	due_precision TEXT NOT NULL, 
	reached_on TEXT, 
	verification TEXT, 
	notes TEXT, 
	CONSTRAINT fk_milestone_project_id FOREIGN KEY(project_id) REFERENCES project (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT fk_milestone_work_unit_id FOREIGN KEY(work_unit_id) REFERENCES work_unit (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT uq_milestone_project_id_code UNIQUE (project_id, code), 
	CONSTRAINT uq_milestone_uid UNIQUE (uid)
)
 STRICT

;
CREATE TABLE outcome (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	project_id INTEGER NOT NULL, 
	meeting_id INTEGER NOT NULL, 
	agenda_item_id INTEGER, 
	position INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	text TEXT NOT NULL, 
	CONSTRAINT fk_outcome_agenda_item_id FOREIGN KEY(agenda_item_id) REFERENCES agenda_item (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT fk_outcome_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT fk_outcome_project_id FOREIGN KEY(project_id) REFERENCES project (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT uq_outcome_uid UNIQUE (uid)
)
 STRICT

;
CREATE TABLE participant (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	project_id INTEGER NOT NULL, 
	meeting_id INTEGER NOT NULL, 
	contact_id INTEGER, 
	partner_id INTEGER, 
	name TEXT NOT NULL, 
	organisation TEXT, 
	country TEXT, 
	profile TEXT, 
	fewer_opportunities INTEGER, 
	online INTEGER NOT NULL, 
	role TEXT, 
	certificate TEXT, 
	day TEXT, 
	notes TEXT, 
	person TEXT, 
	CONSTRAINT uq_participant_uid UNIQUE (uid), 
	CONSTRAINT fk_participant_project_id FOREIGN KEY(project_id) REFERENCES project (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT fk_participant_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT fk_participant_contact_id FOREIGN KEY(contact_id) REFERENCES contact (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT fk_participant_partner_id FOREIGN KEY(partner_id) REFERENCES partner (id) DEFERRABLE INITIALLY IMMEDIATE
)
 STRICT

;
CREATE TABLE partner (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	project_id INTEGER NOT NULL, 
	nr TEXT, 
	acronym TEXT, 
	name TEXT NOT NULL, 
	role TEXT NOT NULL, 
	oid TEXT, 
	pic TEXT, 
	country TEXT, 
	city TEXT, 
	zone TEXT, 
	working_days TEXT NOT NULL, 
	day_start_minute INTEGER NOT NULL, 
	day_end_minute INTEGER NOT NULL, 
	agreement_state TEXT NOT NULL, 
	joined_on TEXT, 
	left_on TEXT, 
	website TEXT, 
	notes TEXT, successor_id INTEGER CONSTRAINT fk_partner_successor_id REFERENCES partner (id) DEFERRABLE INITIALLY IMMEDIATE CONSTRAINT ck_partner_successor CHECK (successor_id <> id), leave_reason TEXT, 
	CONSTRAINT ck_partner_day_end CHECK (day_end_minute BETWEEN 0 AND 1440), 
	CONSTRAINT ck_partner_day_start CHECK (day_start_minute BETWEEN 0 AND 1440), 
	CONSTRAINT fk_partner_project_id FOREIGN KEY(project_id) REFERENCES project (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT uq_partner_project_id_acronym UNIQUE (project_id, acronym), 
	CONSTRAINT uq_partner_uid UNIQUE (uid)
)
 STRICT

;
INSERT INTO "partner" VALUES(1,'01d599f0-e504-4eab-9013-b961063142eb',1,NULL,'ULODZ','University of Łódź','beneficiary',NULL,NULL,'PL',NULL,'Europe/Warsaw','1,2,3,4,5',540,1020,'none',NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE partner_paper (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	project_id INTEGER NOT NULL, 
	partner_id INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	state TEXT NOT NULL, 
	asked_on TEXT, 
	received_on TEXT, 
	checked_on TEXT, 
	note TEXT, 
	CONSTRAINT fk_partner_paper_partner_id FOREIGN KEY(partner_id) REFERENCES partner (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT fk_partner_paper_project_id FOREIGN KEY(project_id) REFERENCES project (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT uq_partner_paper_partner_id_kind UNIQUE (partner_id, kind), 
	CONSTRAINT uq_partner_paper_uid UNIQUE (uid)
)
 STRICT

;
CREATE TABLE payment (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	project_id INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	title TEXT NOT NULL, 
	partner_id INTEGER, 
	position INTEGER NOT NULL, 
	due TEXT, 
	due_month INTEGER, 
	due_precision TEXT NOT NULL, 
	amount_cents INTEGER, 
	paid_on TEXT, 
	paid_cents INTEGER, 
	condition TEXT, 
	notes TEXT, 
	CONSTRAINT uq_payment_uid UNIQUE (uid), 
	CONSTRAINT fk_payment_project_id FOREIGN KEY(project_id) REFERENCES project (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT fk_payment_partner_id FOREIGN KEY(partner_id) REFERENCES partner (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT ck_payment_amount_cents CHECK (amount_cents >= 0), 
	CONSTRAINT ck_payment_paid_cents CHECK (paid_cents >= 0)
)
 STRICT

;
CREATE TABLE phase (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	project_id INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	state TEXT NOT NULL, 
	planned_start TEXT, 
	planned_end TEXT, 
	actual_start TEXT, 
	actual_end TEXT, 
	gate_minimum INTEGER, 
	override_reason TEXT, 
	override_open TEXT, 
	notes TEXT, 
	CONSTRAINT ck_phase_actual_start_to_actual_end CHECK ("actual_end" >= "actual_start"), 
	CONSTRAINT ck_phase_planned_start_to_planned_end CHECK ("planned_end" >= "planned_start"), 
	CONSTRAINT fk_phase_project_id FOREIGN KEY(project_id) REFERENCES project (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT uq_phase_project_id_kind UNIQUE (project_id, kind), 
	CONSTRAINT uq_phase_uid UNIQUE (uid)
)
 STRICT

;
INSERT INTO "phase" VALUES(1,'6c65ca2e-52e0-42e8-ae09-886861a087ef',1,'partnership','under_way',NULL,NULL,NULL,NULL,60,NULL,NULL,NULL);
INSERT INTO "phase" VALUES(2,'b3a0ff47-7eb8-4c0b-adf2-01747b06d8c0',1,'goal','ahead',NULL,NULL,NULL,NULL,60,NULL,NULL,NULL);
INSERT INTO "phase" VALUES(3,'22375de2-0d8c-484f-82e6-a21a6feeeeb7',1,'proposal','ahead',NULL,NULL,NULL,NULL,70,NULL,NULL,NULL);
INSERT INTO "phase" VALUES(4,'ced87c29-4d30-48e4-8584-d1c6b2dbe7b9',1,'funding','ahead',NULL,NULL,NULL,NULL,70,NULL,NULL,NULL);
INSERT INTO "phase" VALUES(5,'7a113310-ac68-4f97-b876-a3cf703bf9e0',1,'implementation','ahead',NULL,NULL,NULL,NULL,70,NULL,NULL,NULL);
INSERT INTO "phase" VALUES(6,'1ac88e3a-4df6-47cc-a0b2-5e9b25fd9341',1,'evaluation','ahead',NULL,NULL,NULL,NULL,70,NULL,NULL,NULL);
CREATE TABLE phase_step (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	project_id INTEGER NOT NULL, 
	phase_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	code TEXT, 
	title TEXT NOT NULL, 
	hint TEXT, 
	done_on TEXT, 
	CONSTRAINT fk_phase_step_phase_id FOREIGN KEY(phase_id) REFERENCES phase (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT fk_phase_step_project_id FOREIGN KEY(project_id) REFERENCES project (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT uq_phase_step_uid UNIQUE (uid)
)
 STRICT

;
INSERT INTO "phase_step" VALUES(1,'43fe0595-64ba-4b0d-b798-30fb53547798',1,1,1,'ka2-or-ka1','Check that KA2 is the right action','KA2 is cooperation of organisations. If only courses, job shadowing or mobility of pupils are wanted, KA1 is simpler. Choose by objectives, not by the amount of money.',NULL);
INSERT INTO "phase_step" VALUES(2,'4b9fe533-fb02-42dc-a4f2-28b8dd5bb755',1,1,2,'find-partners','Look for partners','Earlier projects on the results platform, your networks, partner databases of agencies.',NULL);
INSERT INTO "phase_step" VALUES(3,'1e42dd72-7a35-4387-95fd-e55b9e8ee4d2',1,1,3,'check-minimum','Check the minimum of the action','Call 2025: three organisations from three EU or associated countries for KA220, two from two for KA210. The guide of your call decides.',NULL);
INSERT INTO "phase_step" VALUES(4,'fcd2628f-e6bb-40c3-a671-e26b0202630b',1,1,4,'collect-identifiers','Collect identifiers and contacts','OID or PIC, legal name as in the register, contact person, somebody to stand in, legal representative, time zone.',NULL);
INSERT INTO "phase_step" VALUES(5,'1ada7fad-2b03-43d1-acd9-063f0486aeac',1,1,5,'agree-roles','Agree who does and leads what','One sentence for each partner: what only this one brings. Newcomers get a named helper.',NULL);
INSERT INTO "phase_step" VALUES(6,'ed17cda3-b19b-4982-923a-ee4b50a1efbe',1,1,6,'agree-rules','Agree how you decide, meet and part','Write it down now, as a draft of the partnership agreement; later it costs more.',NULL);
INSERT INTO "phase_step" VALUES(7,'f9597468-056a-4566-858c-361c2767726b',1,2,1,'ask-needs','Ask partners and target groups what they need','Keep the questions and the answers: figures from your own countries convince.',NULL);
INSERT INTO "phase_step" VALUES(8,'63d3a14d-0cca-4170-8956-0118e14a00ca',1,2,2,'choose-priorities','Choose at least one EU priority','One for all fields or one of your field; say in a paragraph how the project serves it. Sport, call 2025: exactly one. Look for national priorities of your agency.',NULL);
INSERT INTO "phase_step" VALUES(9,'2d0b8dde-2835-4d1a-abd7-e25073691661',1,2,3,'search-results','Look what exists already','Search the results platform and write down what is new in yours.',NULL);
INSERT INTO "phase_step" VALUES(10,'536c7c24-7c06-4f8d-a4be-63b5fbd04c94',1,2,4,'set-objectives','Set few objectives that can be measured','For each an indicator with a starting value, a target and where the value comes from.',NULL);
INSERT INTO "phase_step" VALUES(11,'bc788944-af61-444a-9014-26017b209390',1,2,5,'name-users','Name who will use the results afterwards','Ask some of them before you write.',NULL);
INSERT INTO "phase_step" VALUES(12,'eb05d0c5-db88-40a6-9b55-c7ebc8fe560a',1,3,1,'read-call','Read the guide of this call','Amounts, ceilings and deadlines belong to one call year; none is carried over from the last.',NULL);
INSERT INTO "phase_step" VALUES(13,'28b6d352-2ffb-4456-ac01-facc5683ea94',1,3,2,'plan-work','Plan work packages or activities','Each with lead, months and results, spread over the whole time; KA210 has activities only.',NULL);
INSERT INTO "phase_step" VALUES(14,'e941fec7-d32c-4733-b444-32eb08e4b03e',1,3,3,'plan-budget','Make the budget','Parts add up to the grant. KA220, when applying: management takes no more than 20 %.',NULL);
INSERT INTO "phase_step" VALUES(15,'311e8698-6e7d-4522-81bb-baaf3b31d418',1,3,4,'plan-quality','Outline quality, risks and dissemination','Who checks what and when; what could go wrong; who hears about the results.',NULL);
INSERT INTO "phase_step" VALUES(16,'dc0e5cd6-e91f-41ec-a65e-1df35892dd24',1,3,5,'read-by-stranger','Let somebody read it who does not know it','With the award criteria in hand. Leave two weeks.',NULL);
INSERT INTO "phase_step" VALUES(17,'d4d69749-4083-40dc-9fb1-04babf9b954e',1,3,6,'submit','Send the application','Call 2025: before 12:00:00 Brussels time at national agencies, 17:00:00 at EACEA. Better a day early; the last version sent counts. Keep receipt and PDF.',NULL);
INSERT INTO "phase_step" VALUES(18,'3a34c2c1-c5b7-4715-8d62-eb6d10603ea5',1,4,1,'answer-remarks','Share the result and answer the remarks','Every remark of the experts gets an owner.',NULL);
INSERT INTO "phase_step" VALUES(19,'6e776da3-df44-48e9-aaf5-73dd5eb29096',1,4,2,'forms-validated','Get the forms accepted','Legal entity form for all, financial identification form for the coordinator; more papers may be asked above 60 000 euros.',NULL);
INSERT INTO "phase_step" VALUES(20,'16228ecc-815d-4d89-9741-be65f3a0b678',1,4,3,'enter-data-sheet','Enter the dates of your data sheet','Start, end, reports and payments as your own agreement has them. Leave blank what it does not name.',NULL);
INSERT INTO "phase_step" VALUES(21,'aa5ef8e2-feb4-408d-934b-1370ca0a5cc8',1,4,4,'sign-partnership','Sign the partnership agreement with each partner','Before any money moves. It is usually not sent in, but may have to be shown at a check.',NULL);
INSERT INTO "phase_step" VALUES(22,'707f38ec-4d7a-44be-9394-b7fd271369e0',1,4,5,'first-payment','Receive the first pre-financing','Normally within 30 days of the last signature; it can come in parts, or after a guarantee.',NULL);
INSERT INTO "phase_step" VALUES(23,'3a1766c6-c989-44b3-883e-a27020e46c47',1,4,6,'prepare-start','Prepare the start','Access to the tools for two people, files, visibility kit, kick-off date.',NULL);
INSERT INTO "phase_step" VALUES(24,'2cfc3fc8-4d7c-4de5-8b9c-01c2d9fd27a8',1,5,1,'kick-off','Hold the kick-off meeting','Roles, calendar, reporting rules, templates, visibility. Good practice: minutes within ten days.',NULL);
INSERT INTO "phase_step" VALUES(25,'308fc434-4c1d-4397-b5b9-85d40e2658f4',1,5,2,'keep-rhythm','Keep a rhythm of meetings','Often monthly online and a project meeting every four to six months; what is agreed becomes a task.',NULL);
INSERT INTO "phase_step" VALUES(26,'9ba7c3c5-aab4-4096-ba36-91ac2efde74e',1,5,3,'collect-proof','Collect proof as things happen','Payment follows work that was done and can be shown, not receipts. Online: a participant list or screenshot stands for signatures; photos need consent.',NULL);
INSERT INTO "phase_step" VALUES(27,'f81f47f5-b90b-4c44-ab5b-916c41867d36',1,5,4,'watch-plan','Compare with the plan every month','Late, silent or changed: talk at once.',NULL);
INSERT INTO "phase_step" VALUES(28,'f8405056-ef31-4b14-bca3-125fa9a94870',1,5,5,'ask-changes','Ask for changes in good time','Partners, duration, work plan, bank account. Usually at the latest one month before the end; ask your agency.',NULL);
INSERT INTO "phase_step" VALUES(29,'bf80e457-70d0-46a0-bde6-9d78c5d4efe9',1,5,6,'report-on-way','Report on the way, where asked','Some agreements want a progress or periodic report, some want none. The data sheet says.',NULL);
INSERT INTO "phase_step" VALUES(30,'8b9d44c9-2a37-4e76-ae3d-38c540d77aef',1,5,7,'pay-partners','Pay the partners as agreed','Compare planned and used regularly; good practice is every quarter.',NULL);
INSERT INTO "phase_step" VALUES(31,'a339817e-cc1f-4394-bad5-e8263aef776a',1,6,1,'measure-start','Measure where you start','Starting values in the first months; without them no change can be shown.',NULL);
INSERT INTO "phase_step" VALUES(32,'3e6233c7-646b-46c4-ac95-3807bc9f5253',1,6,2,'log-sharing','Note every act of sharing as it happens','Date, partner, channel, public, number reached, proof. Emblem and disclaimer on everything.',NULL);
INSERT INTO "phase_step" VALUES(33,'e22bd6a1-301c-48e2-b042-ca8a6c88bb41',1,6,3,'half-way','Take stock half-way','Partners judge work and cooperation; conclusions go into the minutes.',NULL);
INSERT INTO "phase_step" VALUES(34,'21c0471e-a807-4e44-9b50-95441c80a551',1,6,4,'upload-drafts','Put results on the results platform as drafts','Early, with description and language; a missing translation is then seen in time.',NULL);
INSERT INTO "phase_step" VALUES(35,'cc6be5ad-ff63-4cda-a0e8-2e4d7a0a6e64',1,6,5,'send-for-review','Send the results for review','Possible only after the project end, or once the final report is in; do it before the report, since they are judged together.',NULL);
INSERT INTO "phase_step" VALUES(36,'9ab506f6-3874-46a5-b50a-00b1a2272d0f',1,6,6,'final-report','Send the final report','By the date in your agreement, normally within 60 calendar days of the end. Partners send their part four weeks before; your own date is two weeks before.',NULL);
INSERT INTO "phase_step" VALUES(37,'c9a772a0-922f-40c1-955b-afe1581cdbbd',1,6,7,'archive','Settle the money and close the archive','Keep papers at least 5 years after the final payment, at least 3 where the grant is no more than 60 000 euros; checks and national law can make it longer.',NULL);
CREATE TABLE priority (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	project_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	CONSTRAINT fk_priority_project_id FOREIGN KEY(project_id) REFERENCES project (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT uq_priority_uid UNIQUE (uid)
)
 STRICT

;
CREATE TABLE project (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	acronym TEXT NOT NULL, 
	title TEXT NOT NULL, 
	agreement TEXT, 
	action TEXT, 
	field TEXT, 
	call TEXT, 
	call_year INTEGER, 
	shape TEXT NOT NULL, 
	managed_by TEXT, 
	agency TEXT, 
	start TEXT, 
	"end" TEXT, 
	months INTEGER, 
	grant_cents INTEGER, 
	currency TEXT NOT NULL, 
	language TEXT, 
	website TEXT, 
	goal TEXT, 
	summary TEXT, 
	notes TEXT, 
	progress_report_due TEXT, 
	interim_report_due TEXT, 
	final_report_due TEXT, application_deadline TEXT, application_zone TEXT, submitted_on TEXT, outcome TEXT, outcome_on TEXT, outcome_note TEXT, resubmits TEXT, approved_on TEXT, 
	CONSTRAINT ck_project_start_to_end CHECK ("end" >= "start"), 
	CONSTRAINT ck_project_grant CHECK (grant_cents >= 0), 
	CONSTRAINT ck_project_months CHECK (months BETWEEN 1 AND 120), 
	CONSTRAINT uq_project_uid UNIQUE (uid)
)
 STRICT

;
INSERT INTO "project" VALUES(1,'e27884f0-3575-441c-9b93-f86101b925e7','OLD','A project of the fifth tables',NULL,NULL,NULL,NULL,NULL,'work_packages',NULL,NULL,NULL,NULL,NULL,NULL,'EUR',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE proof (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	project_id INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	sort TEXT, 
	title TEXT NOT NULL, 
	day TEXT, 
	path TEXT, 
	sha256 TEXT, 
	size_bytes INTEGER, 
	url TEXT, 
	holder_id INTEGER, 
	holder_text TEXT, 
	place TEXT, 
	state TEXT NOT NULL, 
	checked_on TEXT, 
	notes TEXT, 
	CONSTRAINT uq_proof_uid UNIQUE (uid), 
	CONSTRAINT fk_proof_project_id FOREIGN KEY(project_id) REFERENCES project (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT fk_proof_holder_id FOREIGN KEY(holder_id) REFERENCES partner (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT ck_proof_size_bytes CHECK (size_bytes >= 0)
)
 STRICT

;
CREATE TABLE proof_use (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	project_id INTEGER NOT NULL, 
	proof_id INTEGER NOT NULL, 
	about TEXT NOT NULL, 
	about_uid TEXT NOT NULL, 
	CONSTRAINT uq_proof_use_uid UNIQUE (uid), 
	CONSTRAINT fk_proof_use_project_id FOREIGN KEY(project_id) REFERENCES project (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT fk_proof_use_proof_id FOREIGN KEY(proof_id) REFERENCES proof (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT uq_proof_use_proof_id_about_about_uid UNIQUE (proof_id, about, about_uid)
)
 STRICT

;
CREATE TABLE proof_waiver (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	project_id INTEGER NOT NULL, 
	about TEXT NOT NULL, 
	about_uid TEXT NOT NULL, 
	sort TEXT NOT NULL, 
	why TEXT NOT NULL, 
	CONSTRAINT uq_proof_waiver_uid UNIQUE (uid), 
	CONSTRAINT fk_proof_waiver_project_id FOREIGN KEY(project_id) REFERENCES project (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT uq_proof_waiver_project_id_about_about_uid_sort UNIQUE (project_id, about, about_uid, sort)
)
 STRICT

;
CREATE TABLE restore_point (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	project_id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	entry INTEGER NOT NULL, 
	made_by_itself INTEGER NOT NULL, 
	CONSTRAINT fk_restore_point_project_id FOREIGN KEY(project_id) REFERENCES project (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT uq_restore_point_uid UNIQUE (uid)
)
 STRICT

;
CREATE TABLE risk (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	project_id INTEGER NOT NULL, 
	code TEXT, 
	title TEXT NOT NULL, 
	description TEXT, 
	category TEXT, 
	work_unit_id INTEGER, 
	partner_id INTEGER, 
	contact_id INTEGER, 
	likelihood INTEGER, 
	impact INTEGER, 
	strategy TEXT, 
	action TEXT, 
	state TEXT NOT NULL, 
	opened_on TEXT, 
	review_on TEXT, 
	closed_on TEXT, 
	notes TEXT, 
	CONSTRAINT uq_risk_uid UNIQUE (uid), 
	CONSTRAINT fk_risk_project_id FOREIGN KEY(project_id) REFERENCES project (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT fk_risk_work_unit_id FOREIGN KEY(work_unit_id) REFERENCES work_unit (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT fk_risk_partner_id FOREIGN KEY(partner_id) REFERENCES partner (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT fk_risk_contact_id FOREIGN KEY(contact_id) REFERENCES contact (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT ck_risk_impact CHECK (impact BETWEEN 1 AND 5), 
	CONSTRAINT ck_risk_likelihood CHECK (likelihood BETWEEN 1 AND 5), 
	CONSTRAINT uq_risk_project_id_code UNIQUE (project_id, code)
)
 STRICT

;
CREATE TABLE saved_filter (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	project_id INTEGER NOT NULL, 
	list TEXT NOT NULL, 
	name TEXT NOT NULL, 
	text TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	CONSTRAINT fk_saved_filter_project_id FOREIGN KEY(project_id) REFERENCES project (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT uq_saved_filter_project_id_list_name UNIQUE (project_id, list, name), 
	CONSTRAINT uq_saved_filter_uid UNIQUE (uid)
)
 STRICT

;
CREATE TABLE share (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	project_id INTEGER NOT NULL, 
	work_unit_id INTEGER NOT NULL, 
	partner_id INTEGER NOT NULL, 
	role TEXT, 
	amount_cents INTEGER, 
	CONSTRAINT ck_share_amount CHECK (amount_cents >= 0), 
	CONSTRAINT fk_share_partner_id FOREIGN KEY(partner_id) REFERENCES partner (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT fk_share_project_id FOREIGN KEY(project_id) REFERENCES project (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT fk_share_work_unit_id FOREIGN KEY(work_unit_id) REFERENCES work_unit (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT uq_share_uid UNIQUE (uid), 
	CONSTRAINT uq_share_work_unit_id_partner_id UNIQUE (work_unit_id, partner_id)
)
 STRICT

;
CREATE TABLE tag (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	project_id INTEGER NOT NULL, 
	task_id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	CONSTRAINT fk_tag_project_id FOREIGN KEY(project_id) REFERENCES project (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT fk_tag_task_id FOREIGN KEY(task_id) REFERENCES task (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT uq_tag_task_id_name UNIQUE (task_id, name), 
	CONSTRAINT uq_tag_uid UNIQUE (uid)
)
 STRICT

;
CREATE TABLE task (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	project_id INTEGER NOT NULL, 
	code TEXT, 
	title TEXT NOT NULL, 
	work_unit_id INTEGER, 
	phase TEXT, 
	partner_id INTEGER, 
	contact_id INTEGER, 
	start TEXT, 
	due TEXT, 
	due_month INTEGER, 
	due_precision TEXT NOT NULL, 
	state TEXT NOT NULL, 
	waiting_since TEXT, 
	finished_on TEXT, 
	priority TEXT NOT NULL, 
	effort_minutes INTEGER, 
	parent_id INTEGER, 
	position INTEGER NOT NULL, 
	recurrence TEXT, 
	notes TEXT, 
	outcome_id INTEGER, 
	answer_id INTEGER, risk_id INTEGER CONSTRAINT fk_task_risk_id REFERENCES risk (id) DEFERRABLE INITIALLY IMMEDIATE, log_entry_id INTEGER CONSTRAINT fk_task_log_entry_id REFERENCES log_entry (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT ck_task_effort CHECK (effort_minutes >= 0), 
	CONSTRAINT ck_task_parent CHECK (parent_id <> id), 
	CONSTRAINT fk_task_answer_id FOREIGN KEY(answer_id) REFERENCES answer (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT fk_task_contact_id FOREIGN KEY(contact_id) REFERENCES contact (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT fk_task_outcome_id FOREIGN KEY(outcome_id) REFERENCES outcome (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT fk_task_parent_id FOREIGN KEY(parent_id) REFERENCES task (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT fk_task_partner_id FOREIGN KEY(partner_id) REFERENCES partner (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT fk_task_project_id FOREIGN KEY(project_id) REFERENCES project (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT fk_task_work_unit_id FOREIGN KEY(work_unit_id) REFERENCES work_unit (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT uq_task_project_id_code UNIQUE (project_id, code), 
	CONSTRAINT uq_task_uid UNIQUE (uid)
)
 STRICT

;
INSERT INTO "task" VALUES(1,'0dee6f23-4bf0-40ed-8f5e-72a601833cb8',1,NULL,'Send minutes',NULL,NULL,NULL,NULL,NULL,'2026-03-01',NULL,'day','done',NULL,'2026-02-01','normal',NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE task_link (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	project_id INTEGER NOT NULL, 
	task_id INTEGER NOT NULL, 
	needs_id INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	lag_days INTEGER NOT NULL, 
	CONSTRAINT ck_task_link_needs CHECK (needs_id <> task_id), 
	CONSTRAINT fk_task_link_needs_id FOREIGN KEY(needs_id) REFERENCES task (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT fk_task_link_project_id FOREIGN KEY(project_id) REFERENCES project (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT fk_task_link_task_id FOREIGN KEY(task_id) REFERENCES task (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT uq_task_link_task_id_needs_id UNIQUE (task_id, needs_id), 
	CONSTRAINT uq_task_link_uid UNIQUE (uid)
)
 STRICT

;
CREATE TABLE work_unit (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uid TEXT NOT NULL, 
	project_id INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	code TEXT NOT NULL, 
	title TEXT NOT NULL, 
	parent_id INTEGER, 
	position INTEGER NOT NULL, 
	category TEXT, 
	lead_id INTEGER, 
	start_month INTEGER, 
	end_month INTEGER, 
	start TEXT, 
	"end" TEXT, 
	place TEXT, 
	amount_cents INTEGER, 
	objectives TEXT, 
	expected_results TEXT, 
	expected_participants INTEGER, 
	state TEXT NOT NULL, 
	percent INTEGER, 
	notes TEXT, reported_participants INTEGER CONSTRAINT ck_work_unit_reported_participants CHECK (reported_participants >= 0), 
	CONSTRAINT ck_work_unit_start_to_end CHECK ("end" >= "start"), 
	CONSTRAINT ck_work_unit_start_month_to_end_month CHECK ("end_month" >= "start_month"), 
	CONSTRAINT ck_work_unit_amount CHECK (amount_cents >= 0), 
	CONSTRAINT ck_work_unit_parent CHECK (parent_id <> id), 
	CONSTRAINT ck_work_unit_percent CHECK (percent BETWEEN 0 AND 100), 
	CONSTRAINT ck_work_unit_start_month CHECK (start_month >= 1), 
	CONSTRAINT fk_work_unit_lead_id FOREIGN KEY(lead_id) REFERENCES partner (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT fk_work_unit_parent_id FOREIGN KEY(parent_id) REFERENCES work_unit (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT fk_work_unit_project_id FOREIGN KEY(project_id) REFERENCES project (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT uq_work_unit_project_id_code UNIQUE (project_id, code), 
	CONSTRAINT uq_work_unit_uid UNIQUE (uid)
)
 STRICT

;
CREATE INDEX ix_history_entry_actor ON history_entry (actor, project);
CREATE INDEX ix_history_entry_project ON history_entry (project);
CREATE INDEX ix_history_entry_undoes ON history_entry (undoes);
CREATE INDEX ix_assessment_project_id ON assessment (project_id);
CREATE INDEX ix_history_change_entry_id ON history_change (entry_id);
CREATE INDEX ix_history_change_row ON history_change (table_name, row_id);
CREATE INDEX ix_partner_project_id ON partner (project_id);
CREATE INDEX ix_phase_project_id ON phase (project_id);
CREATE INDEX ix_priority_project_id ON priority (project_id);
CREATE INDEX ix_answer_assessment_id ON answer (assessment_id);
CREATE INDEX ix_answer_project_id ON answer (project_id);
CREATE INDEX ix_contact_partner_id ON contact (partner_id);
CREATE INDEX ix_contact_project_id ON contact (project_id);
CREATE INDEX ix_phase_step_phase_id ON phase_step (phase_id);
CREATE INDEX ix_phase_step_project_id ON phase_step (project_id);
CREATE INDEX ix_work_unit_lead_id ON work_unit (lead_id);
CREATE INDEX ix_work_unit_parent_id ON work_unit (parent_id);
CREATE INDEX ix_work_unit_project_id ON work_unit (project_id);
CREATE INDEX ix_deliverable_lead_id ON deliverable (lead_id);
CREATE INDEX ix_deliverable_project_id ON deliverable (project_id);
CREATE INDEX ix_deliverable_work_unit_id ON deliverable (work_unit_id);
CREATE INDEX ix_meeting_host_id ON meeting (host_id);
CREATE INDEX ix_meeting_project_id ON meeting (project_id);
CREATE INDEX ix_meeting_work_unit_id ON meeting (work_unit_id);
CREATE INDEX ix_milestone_project_id ON milestone (project_id);
CREATE INDEX ix_milestone_work_unit_id ON milestone (work_unit_id);
CREATE INDEX ix_share_partner_id ON share (partner_id);
CREATE INDEX ix_share_project_id ON share (project_id);
CREATE INDEX ix_share_work_unit_id ON share (work_unit_id);
CREATE INDEX ix_agenda_item_meeting_id ON agenda_item (meeting_id);
CREATE INDEX ix_agenda_item_project_id ON agenda_item (project_id);
CREATE INDEX ix_attendance_contact_id ON attendance (contact_id);
CREATE INDEX ix_attendance_meeting_id ON attendance (meeting_id);
CREATE INDEX ix_attendance_project_id ON attendance (project_id);
CREATE INDEX ix_head_count_meeting_id ON head_count (meeting_id);
CREATE INDEX ix_head_count_partner_id ON head_count (partner_id);
CREATE INDEX ix_head_count_project_id ON head_count (project_id);
CREATE INDEX ix_outcome_agenda_item_id ON outcome (agenda_item_id);
CREATE INDEX ix_outcome_meeting_id ON outcome (meeting_id);
CREATE INDEX ix_outcome_project_id ON outcome (project_id);
CREATE INDEX ix_task_answer_id ON task (answer_id);
CREATE INDEX ix_task_contact_id ON task (contact_id);
CREATE INDEX ix_task_outcome_id ON task (outcome_id);
CREATE INDEX ix_task_parent_id ON task (parent_id);
CREATE INDEX ix_task_partner_id ON task (partner_id);
CREATE INDEX ix_task_project_id ON task (project_id);
CREATE INDEX ix_task_project_id_due ON task (project_id, due);
CREATE INDEX ix_task_work_unit_id ON task (work_unit_id);
CREATE INDEX ix_tag_project_id ON tag (project_id);
CREATE INDEX ix_tag_task_id ON tag (task_id);
CREATE INDEX ix_task_link_needs_id ON task_link (needs_id);
CREATE INDEX ix_task_link_project_id ON task_link (project_id);
CREATE INDEX ix_task_link_task_id ON task_link (task_id);
CREATE INDEX ix_restore_point_project_id ON restore_point (project_id);
CREATE INDEX ix_saved_filter_project_id ON saved_filter (project_id);
CREATE INDEX ix_partner_paper_partner_id ON partner_paper (partner_id);
CREATE INDEX ix_partner_paper_project_id ON partner_paper (project_id);
CREATE INDEX ix_message_contact_id ON message (contact_id);
CREATE INDEX ix_message_partner_id ON message (partner_id);
CREATE INDEX ix_message_partner_id_day ON message (partner_id, day);
CREATE INDEX ix_message_project_id ON message (project_id);
CREATE INDEX ix_approved_fact_project_id ON approved_fact (project_id);
CREATE INDEX ix_payment_project_id ON payment (project_id);
CREATE INDEX ix_payment_partner_id ON payment (partner_id);
CREATE INDEX ix_payment_due ON payment (project_id, due);
CREATE INDEX ix_proof_project_id ON proof (project_id);
CREATE INDEX ix_proof_holder_id ON proof (holder_id);
CREATE INDEX ix_proof_waiver_project_id ON proof_waiver (project_id);
CREATE INDEX ix_indicator_project_id ON indicator (project_id);
CREATE INDEX ix_indicator_work_unit_id ON indicator (work_unit_id);
CREATE INDEX ix_indicator_lead_id ON indicator (lead_id);
CREATE INDEX ix_indicator_due ON indicator (project_id, due);
CREATE INDEX ix_letter_project_id ON letter (project_id);
CREATE INDEX ix_letter_contact_id ON letter (contact_id);
CREATE INDEX ix_letter_answers_id ON letter (answers_id);
CREATE INDEX ix_letter_answer_by ON letter (project_id, answer_by);
CREATE INDEX ix_letter_day ON letter (project_id, day);
CREATE INDEX ix_proof_use_project_id ON proof_use (project_id);
CREATE INDEX ix_proof_use_proof_id ON proof_use (proof_id);
CREATE INDEX ix_proof_use_about ON proof_use (about, about_uid);
CREATE INDEX ix_risk_project_id ON risk (project_id);
CREATE INDEX ix_risk_work_unit_id ON risk (work_unit_id);
CREATE INDEX ix_risk_partner_id ON risk (partner_id);
CREATE INDEX ix_risk_contact_id ON risk (contact_id);
CREATE INDEX ix_cost_project_id ON cost (project_id);
CREATE INDEX ix_cost_work_unit_id ON cost (work_unit_id);
CREATE INDEX ix_cost_partner_id ON cost (partner_id);
CREATE INDEX ix_cost_meeting_id ON cost (meeting_id);
CREATE INDEX ix_departure_project_id ON departure (project_id);
CREATE INDEX ix_departure_letter_id ON departure (letter_id);
CREATE INDEX ix_dissemination_project_id ON dissemination (project_id);
CREATE INDEX ix_dissemination_partner_id ON dissemination (partner_id);
CREATE INDEX ix_dissemination_work_unit_id ON dissemination (work_unit_id);
CREATE INDEX ix_dissemination_deliverable_id ON dissemination (deliverable_id);
CREATE INDEX ix_dissemination_day ON dissemination (project_id, day);
CREATE INDEX ix_journey_project_id ON journey (project_id);
CREATE INDEX ix_journey_meeting_id ON journey (meeting_id);
CREATE INDEX ix_journey_partner_id ON journey (partner_id);
CREATE INDEX ix_measurement_project_id ON measurement (project_id);
CREATE INDEX ix_measurement_indicator_id ON measurement (indicator_id);
CREATE INDEX ix_measurement_day ON measurement (indicator_id, day);
CREATE INDEX ix_participant_project_id ON participant (project_id);
CREATE INDEX ix_participant_meeting_id ON participant (meeting_id);
CREATE INDEX ix_participant_contact_id ON participant (contact_id);
CREATE INDEX ix_participant_partner_id ON participant (partner_id);
CREATE INDEX ix_log_entry_project_id ON log_entry (project_id);
CREATE INDEX ix_log_entry_partner_id ON log_entry (partner_id);
CREATE INDEX ix_log_entry_contact_id ON log_entry (contact_id);
CREATE INDEX ix_log_entry_issue_id ON log_entry (issue_id);
CREATE INDEX ix_log_entry_work_unit_id ON log_entry (work_unit_id);
CREATE INDEX ix_log_entry_risk_id ON log_entry (risk_id);
CREATE INDEX ix_log_entry_outcome_id ON log_entry (outcome_id);
CREATE INDEX ix_log_entry_due ON log_entry (project_id, due);
CREATE INDEX ix_partner_successor_id ON partner (successor_id);
CREATE INDEX ix_task_risk_id ON task (risk_id);
CREATE INDEX ix_task_log_entry_id ON task (log_entry_id);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('project',1);
INSERT INTO "sqlite_sequence" VALUES('phase',6);
INSERT INTO "sqlite_sequence" VALUES('phase_step',37);
INSERT INTO "sqlite_sequence" VALUES('history_entry',6);
INSERT INTO "sqlite_sequence" VALUES('history_change',49);
INSERT INTO "sqlite_sequence" VALUES('partner',1);
INSERT INTO "sqlite_sequence" VALUES('task',2);
COMMIT;
