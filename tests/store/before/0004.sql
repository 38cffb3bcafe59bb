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
INSERT INTO "alembic_version" VALUES('0004');
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
	notes TEXT, 
	CONSTRAINT fk_deliverable_lead_id FOREIGN KEY(lead_id) REFERENCES partner (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT fk_deliverable_project_id FOREIGN KEY(project_id) REFERENCES project (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT fk_deliverable_work_unit_id FOREIGN KEY(work_unit_id) REFERENCES work_unit (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT uq_deliverable_project_id_code UNIQUE (project_id, code), 
	CONSTRAINT uq_deliverable_uid UNIQUE (uid)
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
	online INTEGER NOT NULL, 
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
INSERT INTO "history_change" VALUES(1,1,'project',1,NULL,'{"id": 1, "uid": "0c45256c-62cd-4331-b7cc-f72b1355aef2", "acronym": "OLD", "title": "A project of the fourth tables", "shape": "work_packages", "currency": "EUR"}','{"salt": "03aaaa0d21c4a093"}');
INSERT INTO "history_change" VALUES(2,1,'phase',1,NULL,'{"id": 1, "uid": "ee8012f7-32e0-4a97-bb4f-9dddbce76573", "project_id": 1, "kind": "partnership", "state": "under_way", "gate_minimum": 60}','{"salt": "16b3861fef3467bf"}');
INSERT INTO "history_change" VALUES(3,1,'phase_step',1,NULL,'{"id": 1, "uid": "ac6d7b57-74d6-4a6c-a95d-814b7433a14f", "project_id": 1, "phase_id": 1, "position": 1, "code": "ka2-or-ka1", "title": "Check that KA2 is the right action", "hint": "KA2 is cooperation of organisations. If only courses, job shadowing or mobility of pupils are wanted, KA1 is simpler. Choose by objectives, not by the amount of money."}','{"salt": "885638cb2317fc6a"}');
INSERT INTO "history_change" VALUES(4,1,'phase_step',2,NULL,'{"id": 2, "uid": "4bc79be0-0645-490d-bed3-764c5df960bf", "project_id": 1, "phase_id": 1, "position": 2, "code": "find-partners", "title": "Look for partners", "hint": "Earlier projects on the results platform, your networks, partner databases of agencies."}','{"salt": "06fcefba0af21721"}');
INSERT INTO "history_change" VALUES(5,1,'phase_step',3,NULL,'{"id": 3, "uid": "52b9f42d-f2ee-4712-87f5-c2f61b65ef10", "project_id": 1, "phase_id": 1, "position": 3, "code": "check-minimum", "title": "Check the minimum of the action", "hint": "Call 2025: three organisations from three EU or associated countries for KA220, two from two for KA210. The guide of your call decides."}','{"salt": "765e9e32626968d6"}');
INSERT INTO "history_change" VALUES(6,1,'phase_step',4,NULL,'{"id": 4, "uid": "cb804213-0272-4c9e-85a4-d48df2d6f134", "project_id": 1, "phase_id": 1, "position": 4, "code": "collect-identifiers", "title": "Collect identifiers and contacts", "hint": "OID or PIC, legal name as in the register, contact person, somebody to stand in, legal representative, time zone."}','{"salt": "226e854d8e20c05f"}');
INSERT INTO "history_change" VALUES(7,1,'phase_step',5,NULL,'{"id": 5, "uid": "3249b99e-b538-46f2-8192-a91df6ebd683", "project_id": 1, "phase_id": 1, "position": 5, "code": "agree-roles", "title": "Agree who does and leads what", "hint": "One sentence for each partner: what only this one brings. Newcomers get a named helper."}','{"salt": "e936293b9c8e8c1c"}');
INSERT INTO "history_change" VALUES(8,1,'phase_step',6,NULL,'{"id": 6, "uid": "fc89facc-4f37-4f3b-b32a-a14eabacfa8c", "project_id": 1, "phase_id": 1, "position": 6, "code": "agree-rules", "title": "Agree how you decide, meet and part", "hint": "Write it down now, as a draft of the partnership agreement; later it costs more."}','{"salt": "45206996fa76aac7"}');
INSERT INTO "history_change" VALUES(9,1,'phase',2,NULL,'{"id": 2, "uid": "526db227-b31c-4444-88ef-6d9b1056ee5f", "project_id": 1, "kind": "goal", "state": "ahead", "gate_minimum": 60}','{"salt": "64fdd9728bbe1563"}');
INSERT INTO "history_change" VALUES(10,1,'phase_step',7,NULL,'{"id": 7, "uid": "40cd5bd9-d045-478a-9ecb-1118a8c17080", "project_id": 1, "phase_id": 2, "position": 1, "code": "ask-needs", "title": "Ask partners and target groups what they need", "hint": "Keep the questions and the answers: figures from your own countries convince."}','{"salt": "e07b3696718857c4"}');
INSERT INTO "history_change" VALUES(11,1,'phase_step',8,NULL,'{"id": 8, "uid": "e150b67a-66a3-4873-bcdf-11a0c31418f0", "project_id": 1, "phase_id": 2, "position": 2, "code": "choose-priorities", "title": "Choose at least one EU priority", "hint": "One for all fields or one of your field; say in a paragraph how the project serves it. Sport, call 2025: exactly one. Look for national priorities of your agency."}','{"salt": "d842ebe639feac95"}');
INSERT INTO "history_change" VALUES(12,1,'phase_step',9,NULL,'{"id": 9, "uid": "03b4cf80-0615-42b1-a4f6-ccf567b5a03e", "project_id": 1, "phase_id": 2, "position": 3, "code": "search-results", "title": "Look what exists already", "hint": "Search the results platform and write down what is new in yours."}','{"salt": "15ac0e88dbcae3a8"}');
INSERT INTO "history_change" VALUES(13,1,'phase_step',10,NULL,'{"id": 10, "uid": "b8bc064e-6ddc-4dd9-99bb-6ab8466f0372", "project_id": 1, "phase_id": 2, "position": 4, "code": "set-objectives", "title": "Set few objectives that can be measured", "hint": "For each an indicator with a starting value, a target and where the value comes from."}','{"salt": "e40f261bf318946e"}');
INSERT INTO "history_change" VALUES(14,1,'phase_step',11,NULL,'{"id": 11, "uid": "090244bf-f009-4c32-a710-c3dc4fe6735f", "project_id": 1, "phase_id": 2, "position": 5, "code": "name-users", "title": "Name who will use the results afterwards", "hint": "Ask some of them before you write."}','{"salt": "d8a793b0c2baf00c"}');
INSERT INTO "history_change" VALUES(15,1,'phase',3,NULL,'{"id": 3, "uid": "603ef6ad-30d7-42d6-b887-5e7126fd0dd0", "project_id": 1, "kind": "proposal", "state": "ahead", "gate_minimum": 70}','{"salt": "2a5607bad9e81748"}');
INSERT INTO "history_change" VALUES(16,1,'phase_step',12,NULL,'{"id": 12, "uid": "58ea2bba-5e95-41d8-a7e8-dc64ba2cb055", "project_id": 1, "phase_id": 3, "position": 1, "code": "read-call", "title": "Read the guide of this call", "hint": "Amounts, ceilings and deadlines belong to one call year; none is carried over from the last."}','{"salt": "7919a51db7d74d9c"}');
INSERT INTO "history_change" VALUES(17,1,'phase_step',13,NULL,'{"id": 13, "uid": "7913a11f-4ce9-4cec-9e42-c5c46993f5c8", "project_id": 1, "phase_id": 3, "position": 2, "code": "plan-work", "title": "Plan work packages or activities", "hint": "Each with lead, months and results, spread over the whole time; KA210 has activities only."}','{"salt": "32c8e4a82928d802"}');
INSERT INTO "history_change" VALUES(18,1,'phase_step',14,NULL,'{"id": 14, "uid": "c48770c4-2ba3-413f-9c6e-85d42d81b350", "project_id": 1, "phase_id": 3, "position": 3, "code": "plan-budget", "title": "Make the budget", "hint": "Parts add up to the grant. KA220, when applying: management takes no more than 20 %."}','{"salt": "a9ced44835958742"}');
INSERT INTO "history_change" VALUES(19,1,'phase_step',15,NULL,'{"id": 15, "uid": "e414e539-7f1d-415c-b04a-8a1bb51a54ba", "project_id": 1, "phase_id": 3, "position": 4, "code": "plan-quality", "title": "Outline quality, risks and dissemination", "hint": "Who checks what and when; what could go wrong; who hears about the results."}','{"salt": "c6a2ca40bbf555ed"}');
INSERT INTO "history_change" VALUES(20,1,'phase_step',16,NULL,'{"id": 16, "uid": "70001f5c-ffed-452e-b6da-f741636368e9", "project_id": 1, "phase_id": 3, "position": 5, "code": "read-by-stranger", "title": "Let somebody read it who does not know it", "hint": "With the award criteria in hand. Leave two weeks."}','{"salt": "b81fdf778fc804f1"}');
INSERT INTO "history_change" VALUES(21,1,'phase_step',17,NULL,'{"id": 17, "uid": "a7d4c96c-1d58-4992-a034-23074e96b43f", "project_id": 1, "phase_id": 3, "position": 6, "code": "submit", "title": "Send the application", "hint": "Call 2025: before 12:00:00 Brussels time at national agencies, 17:00:00 at EACEA. Better a day early; the last version sent counts. Keep receipt and PDF."}','{"salt": "fc5e50a085c93121"}');
INSERT INTO "history_change" VALUES(22,1,'phase',4,NULL,'{"id": 4, "uid": "0bb3c888-3180-4b21-ac4a-c053f1e3b813", "project_id": 1, "kind": "funding", "state": "ahead", "gate_minimum": 70}','{"salt": "c1b8cdae513631db"}');
INSERT INTO "history_change" VALUES(23,1,'phase_step',18,NULL,'{"id": 18, "uid": "6d34f5b7-1d59-42fc-99af-b9e8f1bb6577", "project_id": 1, "phase_id": 4, "position": 1, "code": "answer-remarks", "title": "Share the result and answer the remarks", "hint": "Every remark of the experts gets an owner."}','{"salt": "82f6aa9679b7829f"}');
INSERT INTO "history_change" VALUES(24,1,'phase_step',19,NULL,'{"id": 19, "uid": "0a452c9f-7cb0-4a8d-af1d-e20cbe3369c0", "project_id": 1, "phase_id": 4, "position": 2, "code": "forms-validated", "title": "Get the forms accepted", "hint": "Legal entity form for all, financial identification form for the coordinator; more papers may be asked above 60 000 euros."}','{"salt": "b52b4e512b5423d3"}');
INSERT INTO "history_change" VALUES(25,1,'phase_step',20,NULL,'{"id": 20, "uid": "d5763fa7-c4ea-47d7-a58f-023a3894e89d", "project_id": 1, "phase_id": 4, "position": 3, "code": "enter-data-sheet", "title": "Enter the dates of your data sheet", "hint": "Start, end, reports and payments as your own agreement has them. Leave blank what it does not name."}','{"salt": "78eb63b4aef1b75a"}');
INSERT INTO "history_change" VALUES(26,1,'phase_step',21,NULL,'{"id": 21, "uid": "5046135f-8ca5-417d-bd6b-5d36ac958f11", "project_id": 1, "phase_id": 4, "position": 4, "code": "sign-partnership", "title": "Sign the partnership agreement with each partner", "hint": "Before any money moves. It is usually not sent in, but may have to be shown at a check."}','{"salt": "d9ec874860ea6192"}');
INSERT INTO "history_change" VALUES(27,1,'phase_step',22,NULL,'{"id": 22, "uid": "fb037220-9803-4db9-ac38-cbb78fefb993", "project_id": 1, "phase_id": 4, "position": 5, "code": "first-payment", "title": "Receive the first pre-financing", "hint": "Normally within 30 days of the last signature; it can come in parts, or after a guarantee."}','{"salt": "cbfeadd3ee179afa"}');
INSERT INTO "history_change" VALUES(28,1,'phase_step',23,NULL,'{"id": 23, "uid": "d17c0e7c-07de-4e3c-9422-dc8d23f5c5ba", "project_id": 1, "phase_id": 4, "position": 6, "code": "prepare-start", "title": "Prepare the start", "hint": "Access to the tools for two people, files, visibility kit, kick-off date."}','{"salt": "a052e899aee1b61d"}');
INSERT INTO "history_change" VALUES(29,1,'phase',5,NULL,'{"id": 5, "uid": "b9b86dd5-c439-4355-a46c-213a2d2d0fab", "project_id": 1, "kind": "implementation", "state": "ahead", "gate_minimum": 70}','{"salt": "6b4ba6462fa7fb47"}');
INSERT INTO "history_change" VALUES(30,1,'phase_step',24,NULL,'{"id": 24, "uid": "0b670edc-a92a-4eaf-b705-af894933cc87", "project_id": 1, "phase_id": 5, "position": 1, "code": "kick-off", "title": "Hold the kick-off meeting", "hint": "Roles, calendar, reporting rules, templates, visibility. Good practice: minutes within ten days."}','{"salt": "0c4c126f9b862f62"}');
INSERT INTO "history_change" VALUES(31,1,'phase_step',25,NULL,'{"id": 25, "uid": "3b2e0833-04bc-4d5b-8553-fac9fefe1f28", "project_id": 1, "phase_id": 5, "position": 2, "code": "keep-rhythm", "title": "Keep a rhythm of meetings", "hint": "Often monthly online and a project meeting every four to six months; what is agreed becomes a task."}','{"salt": "89d53578de323166"}');
INSERT INTO "history_change" VALUES(32,1,'phase_step',26,NULL,'{"id": 26, "uid": "8e0c9611-c209-4c7e-85ba-7ea314002959", "project_id": 1, "phase_id": 5, "position": 3, "code": "collect-proof", "title": "Collect proof as things happen", "hint": "Payment follows work that was done and can be shown, not receipts. Online: a participant list or screenshot stands for signatures; photos need consent."}','{"salt": "ea3459e2705399c0"}');
INSERT INTO "history_change" VALUES(33,1,'phase_step',27,NULL,'{"id": 27, "uid": "817450bd-3d98-47f4-a045-78c4989e580e", "project_id": 1, "phase_id": 5, "position": 4, "code": "watch-plan", "title": "Compare with the plan every month", "hint": "Late, silent or changed: talk at once."}','{"salt": "35537d9f32142414"}');
INSERT INTO "history_change" VALUES(34,1,'phase_step',28,NULL,'{"id": 28, "uid": "8884363a-e38b-4a6b-bdd3-7cc11051d4c7", "project_id": 1, "phase_id": 5, "position": 5, "code": "ask-changes", "title": "Ask for changes in good time", "hint": "Partners, duration, work plan, bank account. Usually at the latest one month before the end; ask your agency."}','{"salt": "d98227d538b498d6"}');
INSERT INTO "history_change" VALUES(35,1,'phase_step',29,NULL,'{"id": 29, "uid": "13be4b2e-adc5-4fa1-bf24-e815bfe10e28", "project_id": 1, "phase_id": 5, "position": 6, "code": "report-on-way", "title": "Report on the way, where asked", "hint": "Some agreements want a progress or periodic report, some want none. The data sheet says."}','{"salt": "89f9e83dc979f6f1"}');
INSERT INTO "history_change" VALUES(36,1,'phase_step',30,NULL,'{"id": 30, "uid": "ceabbe76-3b62-4741-88f2-d24934c45089", "project_id": 1, "phase_id": 5, "position": 7, "code": "pay-partners", "title": "Pay the partners as agreed", "hint": "Compare planned and used regularly; good practice is every quarter."}','{"salt": "cef211d683d0e276"}');
INSERT INTO "history_change" VALUES(37,1,'phase',6,NULL,'{"id": 6, "uid": "0207f971-a85f-4ad4-a75d-8db3fa8338c3", "project_id": 1, "kind": "evaluation", "state": "ahead", "gate_minimum": 70}','{"salt": "e07c97cf7173f8ee"}');
INSERT INTO "history_change" VALUES(38,1,'phase_step',31,NULL,'{"id": 31, "uid": "371c73dc-7725-413c-b621-aa4a170a93c3", "project_id": 1, "phase_id": 6, "position": 1, "code": "measure-start", "title": "Measure where you start", "hint": "Starting values in the first months; without them no change can be shown."}','{"salt": "086d28ce86edf040"}');
INSERT INTO "history_change" VALUES(39,1,'phase_step',32,NULL,'{"id": 32, "uid": "2975563c-1ac5-4b4a-8a9c-e2717ca0d111", "project_id": 1, "phase_id": 6, "position": 2, "code": "log-sharing", "title": "Note every act of sharing as it happens", "hint": "Date, partner, channel, public, number reached, proof. Emblem and disclaimer on everything."}','{"salt": "216be6e1b62bad5b"}');
INSERT INTO "history_change" VALUES(40,1,'phase_step',33,NULL,'{"id": 33, "uid": "36c6eedb-7e10-410c-8d19-d3c3483ff9ac", "project_id": 1, "phase_id": 6, "position": 3, "code": "half-way", "title": "Take stock half-way", "hint": "Partners judge work and cooperation; conclusions go into the minutes."}','{"salt": "d5267c48fd448b2a"}');
INSERT INTO "history_change" VALUES(41,1,'phase_step',34,NULL,'{"id": 34, "uid": "50c3b925-317c-4f9c-872f-da8597d2fbf7", "project_id": 1, "phase_id": 6, "position": 4, "code": "upload-drafts", "title": "Put results on the results platform as drafts", "hint": "Early, with description and language; a missing translation is then seen in time."}','{"salt": "55c421e3f79a9c30"}');
INSERT INTO "history_change" VALUES(42,1,'phase_step',35,NULL,'{"id": 35, "uid": "3f8f0da8-370a-4997-ad16-109498c983e6", "project_id": 1, "phase_id": 6, "position": 5, "code": "send-for-review", "title": "Send the results for review", "hint": "Possible only after the project end, or once the final report is in; do it before the report, since they are judged together."}','{"salt": "751b2fd1b75f2dc5"}');
INSERT INTO "history_change" VALUES(43,1,'phase_step',36,NULL,'{"id": 36, "uid": "f80aae6c-6a37-46bc-bd2c-381db5bce280", "project_id": 1, "phase_id": 6, "position": 6, "code": "final-report", "title": "Send the final report", "hint": "By the date in your agreement, normally within 60 calendar days of the end. Partners send their part four weeks before; your own date is two weeks before."}','{"salt": "e4e03be3736b3748"}');
INSERT INTO "history_change" VALUES(44,1,'phase_step',37,NULL,'{"id": 37, "uid": "09fea825-2e92-4dcb-857c-2ecdba9083e2", "project_id": 1, "phase_id": 6, "position": 7, "code": "archive", "title": "Settle the money and close the archive", "hint": "Keep papers at least 5 years after the final payment, at least 3 where the grant is no more than 60 000 euros; checks and national law can make it longer."}','{"salt": "b54f6769059f0980"}');
INSERT INTO "history_change" VALUES(45,2,'partner',1,NULL,'{"id": 1, "uid": "0954e9ca-62d5-4067-8d3c-d921d2c8f64b", "project_id": 1, "acronym": "ULODZ", "name": "University of \u0141\u00f3d\u017a", "role": "beneficiary", "country": "PL", "zone": "Europe/Warsaw", "working_days": "1,2,3,4,5", "day_start_minute": 540, "day_end_minute": 1020, "agreement_state": "none"}','{"salt": "5e7662b3d96e3bab"}');
INSERT INTO "history_change" VALUES(46,3,'task',1,NULL,'{"id": 1, "uid": "5e93d0ee-2378-4483-b2f6-e5a2b38734b6", "project_id": 1, "title": "Send minutes", "due": "2026-03-01", "due_precision": "day", "state": "open", "priority": "normal", "position": 0}','{"salt": "54874d9008b7ecd3"}');
INSERT INTO "history_change" VALUES(47,4,'task',2,NULL,'{"id": 2, "uid": "1c2a6c6b-751e-4d74-94d1-3f78e91d22ea", "project_id": 1, "title": "Book rooms", "due_precision": "day", "state": "open", "priority": "normal", "position": 1}','{"salt": "5d3a59168dd9158e"}');
INSERT INTO "history_change" VALUES(48,5,'task',1,'{"finished_on": null, "state": "open"}','{"finished_on": "2026-02-01", "state": "done"}','{"salt": "c27ab1d9c1d7edd8"}');
INSERT INTO "history_change" VALUES(49,6,'task',2,'{"id": 2, "uid": "1c2a6c6b-751e-4d74-94d1-3f78e91d22ea", "project_id": 1, "title": "Book rooms", "due_precision": "day", "state": "open", "priority": "normal", "position": 1}',NULL,'{"salt": "cc9bde4abbf9a75b"}');
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
INSERT INTO "history_entry" VALUES(1,'2026-11-22 10:58:21.844181','Ana','do','Add project {acronym}','{"acronym": "OLD"}',1,NULL,'0004','{"salt": "514aeafaf67106d9"}','890b98f4cba49067ee11c9e350454df896850bb5dabdb6d014f1eb344325d00e');
INSERT INTO "history_entry" VALUES(2,'2026-11-22 10:58:21.886874','Ana','do','Add partner {partner}','{"partner": "ULODZ"}',1,NULL,'0004','{"salt": "5eef08bad13157e7"}','65e6e3929e21f3262226215c52d7bea36a15bca6188dee659822ff79b18f1a50');
INSERT INTO "history_entry" VALUES(3,'2026-11-22 10:58:21.937511','Ana','do','Add task “{title}”','{"title": "Send minutes"}',1,NULL,'0004','{"salt": "1f3d158c404d6639"}','6a7df2b50f57a727f3b390ea705189e47606886f0cc4f639fea388276dc1a697');
INSERT INTO "history_entry" VALUES(4,'2026-11-22 10:58:21.953666','Ana','do','Add task “{title}”','{"title": "Book rooms"}',1,NULL,'0004','{"salt": "c48a1e6f582d5ac8"}','7ce4b95c8d511e3bbc655e6182805d3ee371f3a69603a147a072d9b7784e1d0b');
INSERT INTO "history_entry" VALUES(5,'2026-11-22 10:58:21.979397','Ana','do','Finish “{title}”','{"title": "Send minutes", "below": "0"}',1,NULL,'0004','{"salt": "431055084bfae1e9"}','6a366acd346e60f9028f50b788b0ca58557694d227cc359c7dc3af6dd57a91ea');
INSERT INTO "history_entry" VALUES(6,'2026-11-22 10:58:22.025623','Ana','do','Remove “{title}”','{"title": "Book rooms", "below": "0"}',1,NULL,'0004','{"salt": "73555acc08c8fa55"}','e29d259bc9e6bfb542d1febb286de9f87dd1754b3714a88e8b22f610e62d607f');
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
	notes TEXT, started_at TEXT, ended_at TEXT, series TEXT, template TEXT, 
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
	notes TEXT, 
	CONSTRAINT ck_partner_day_end CHECK (day_end_minute BETWEEN 0 AND 1440), 
	CONSTRAINT ck_partner_day_start CHECK (day_start_minute BETWEEN 0 AND 1440), 
	CONSTRAINT fk_partner_project_id FOREIGN KEY(project_id) REFERENCES project (id) DEFERRABLE INITIALLY IMMEDIATE, 
	CONSTRAINT uq_partner_project_id_acronym UNIQUE (project_id, acronym), 
	CONSTRAINT uq_partner_uid UNIQUE (uid)
)
 STRICT

;
INSERT INTO "partner" VALUES(1,'0954e9ca-62d5-4067-8d3c-d921d2c8f64b',1,NULL,'ULODZ','University of Łódź','beneficiary',NULL,NULL,'PL',NULL,'Europe/Warsaw','1,2,3,4,5',540,1020,'none',NULL,NULL,NULL,NULL);
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
INSERT INTO "phase" VALUES(1,'ee8012f7-32e0-4a97-bb4f-9dddbce76573',1,'partnership','under_way',NULL,NULL,NULL,NULL,60,NULL,NULL,NULL);
INSERT INTO "phase" VALUES(2,'526db227-b31c-4444-88ef-6d9b1056ee5f',1,'goal','ahead',NULL,NULL,NULL,NULL,60,NULL,NULL,NULL);
INSERT INTO "phase" VALUES(3,'603ef6ad-30d7-42d6-b887-5e7126fd0dd0',1,'proposal','ahead',NULL,NULL,NULL,NULL,70,NULL,NULL,NULL);
INSERT INTO "phase" VALUES(4,'0bb3c888-3180-4b21-ac4a-c053f1e3b813',1,'funding','ahead',NULL,NULL,NULL,NULL,70,NULL,NULL,NULL);
INSERT INTO "phase" VALUES(5,'b9b86dd5-c439-4355-a46c-213a2d2d0fab',1,'implementation','ahead',NULL,NULL,NULL,NULL,70,NULL,NULL,NULL);
INSERT INTO "phase" VALUES(6,'0207f971-a85f-4ad4-a75d-8db3fa8338c3',1,'evaluation','ahead',NULL,NULL,NULL,NULL,70,NULL,NULL,NULL);
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
INSERT INTO "phase_step" VALUES(1,'ac6d7b57-74d6-4a6c-a95d-814b7433a14f',1,1,1,'ka2-or-ka1','Check that KA2 is the right action','KA2 is cooperation of organisations. If only courses, job shadowing or mobility of pupils are wanted, KA1 is simpler. Choose by objectives, not by the amount of money.',NULL);
INSERT INTO "phase_step" VALUES(2,'4bc79be0-0645-490d-bed3-764c5df960bf',1,1,2,'find-partners','Look for partners','Earlier projects on the results platform, your networks, partner databases of agencies.',NULL);
INSERT INTO "phase_step" VALUES(3,'52b9f42d-f2ee-4712-87f5-c2f61b65ef10',1,1,3,'check-minimum','Check the minimum of the action','Call 2025: three organisations from three EU or associated countries for KA220, two from two for KA210. The guide of your call decides.',NULL);
INSERT INTO "phase_step" VALUES(4,'cb804213-0272-4c9e-85a4-d48df2d6f134',1,1,4,'collect-identifiers','Collect identifiers and contacts','OID or PIC, legal name as in the register, contact person, somebody to stand in, legal representative, time zone.',NULL);
INSERT INTO "phase_step" VALUES(5,'3249b99e-b538-46f2-8192-a91df6ebd683',1,1,5,'agree-roles','Agree who does and leads what','One sentence for each partner: what only this one brings. Newcomers get a named helper.',NULL);
INSERT INTO "phase_step" VALUES(6,'fc89facc-4f37-4f3b-b32a-a14eabacfa8c',1,1,6,'agree-rules','Agree how you decide, meet and part','Write it down now, as a draft of the partnership agreement; later it costs more.',NULL);
INSERT INTO "phase_step" VALUES(7,'40cd5bd9-d045-478a-9ecb-1118a8c17080',1,2,1,'ask-needs','Ask partners and target groups what they need','Keep the questions and the answers: figures from your own countries convince.',NULL);
INSERT INTO "phase_step" VALUES(8,'e150b67a-66a3-4873-bcdf-11a0c31418f0',1,2,2,'choose-priorities','Choose at least one EU priority','One for all fields or one of your field; say in a paragraph how the project serves it. Sport, call 2025: exactly one. Look for national priorities of your agency.',NULL);
INSERT INTO "phase_step" VALUES(9,'03b4cf80-0615-42b1-a4f6-ccf567b5a03e',1,2,3,'search-results','Look what exists already','Search the results platform and write down what is new in yours.',NULL);
INSERT INTO "phase_step" VALUES(10,'b8bc064e-6ddc-4dd9-99bb-6ab8466f0372',1,2,4,'set-objectives','Set few objectives that can be measured','For each an indicator with a starting value, a target and where the value comes from.',NULL);
INSERT INTO "phase_step" VALUES(11,'090244bf-f009-4c32-a710-c3dc4fe6735f',1,2,5,'name-users','Name who will use the results afterwards','Ask some of them before you write.',NULL);
INSERT INTO "phase_step" VALUES(12,'58ea2bba-5e95-41d8-a7e8-dc64ba2cb055',1,3,1,'read-call','Read the guide of this call','Amounts, ceilings and deadlines belong to one call year; none is carried over from the last.',NULL);
INSERT INTO "phase_step" VALUES(13,'7913a11f-4ce9-4cec-9e42-c5c46993f5c8',1,3,2,'plan-work','Plan work packages or activities','Each with lead, months and results, spread over the whole time; KA210 has activities only.',NULL);
INSERT INTO "phase_step" VALUES(14,'c48770c4-2ba3-413f-9c6e-85d42d81b350',1,3,3,'plan-budget','Make the budget','Parts add up to the grant. KA220, when applying: management takes no more than 20 %.',NULL);
INSERT INTO "phase_step" VALUES(15,'e414e539-7f1d-415c-b04a-8a1bb51a54ba',1,3,4,'plan-quality','Outline quality, risks and dissemination','Who checks what and when; what could go wrong; who hears about the results.',NULL);
INSERT INTO "phase_step" VALUES(16,'70001f5c-ffed-452e-b6da-f741636368e9',1,3,5,'read-by-stranger','Let somebody read it who does not know it','With the award criteria in hand. Leave two weeks.',NULL);
INSERT INTO "phase_step" VALUES(17,'a7d4c96c-1d58-4992-a034-23074e96b43f',1,3,6,'submit','Send the application','Call 2025: before 12:00:00 Brussels time at national agencies, 17:00:00 at EACEA. Better a day early; the last version sent counts. Keep receipt and PDF.',NULL);
INSERT INTO "phase_step" VALUES(18,'6d34f5b7-1d59-42fc-99af-b9e8f1bb6577',1,4,1,'answer-remarks','Share the result and answer the remarks','Every remark of the experts gets an owner.',NULL);
INSERT INTO "phase_step" VALUES(19,'0a452c9f-7cb0-4a8d-af1d-e20cbe3369c0',1,4,2,'forms-validated','Get the forms accepted','Legal entity form for all, financial identification form for the coordinator; more papers may be asked above 60 000 euros.',NULL);
INSERT INTO "phase_step" VALUES(20,'d5763fa7-c4ea-47d7-a58f-023a3894e89d',1,4,3,'enter-data-sheet','Enter the dates of your data sheet','Start, end, reports and payments as your own agreement has them. Leave blank what it does not name.',NULL);
INSERT INTO "phase_step" VALUES(21,'5046135f-8ca5-417d-bd6b-5d36ac958f11',1,4,4,'sign-partnership','Sign the partnership agreement with each partner','Before any money moves. It is usually not sent in, but may have to be shown at a check.',NULL);
INSERT INTO "phase_step" VALUES(22,'fb037220-9803-4db9-ac38-cbb78fefb993',1,4,5,'first-payment','Receive the first pre-financing','Normally within 30 days of the last signature; it can come in parts, or after a guarantee.',NULL);
INSERT INTO "phase_step" VALUES(23,'d17c0e7c-07de-4e3c-9422-dc8d23f5c5ba',1,4,6,'prepare-start','Prepare the start','Access to the tools for two people, files, visibility kit, kick-off date.',NULL);
INSERT INTO "phase_step" VALUES(24,'0b670edc-a92a-4eaf-b705-af894933cc87',1,5,1,'kick-off','Hold the kick-off meeting','Roles, calendar, reporting rules, templates, visibility. Good practice: minutes within ten days.',NULL);
INSERT INTO "phase_step" VALUES(25,'3b2e0833-04bc-4d5b-8553-fac9fefe1f28',1,5,2,'keep-rhythm','Keep a rhythm of meetings','Often monthly online and a project meeting every four to six months; what is agreed becomes a task.',NULL);
INSERT INTO "phase_step" VALUES(26,'8e0c9611-c209-4c7e-85ba-7ea314002959',1,5,3,'collect-proof','Collect proof as things happen','Payment follows work that was done and can be shown, not receipts. Online: a participant list or screenshot stands for signatures; photos need consent.',NULL);
INSERT INTO "phase_step" VALUES(27,'817450bd-3d98-47f4-a045-78c4989e580e',1,5,4,'watch-plan','Compare with the plan every month','Late, silent or changed: talk at once.',NULL);
INSERT INTO "phase_step" VALUES(28,'8884363a-e38b-4a6b-bdd3-7cc11051d4c7',1,5,5,'ask-changes','Ask for changes in good time','Partners, duration, work plan, bank account. Usually at the latest one month before the end; ask your agency.',NULL);
INSERT INTO "phase_step" VALUES(29,'13be4b2e-adc5-4fa1-bf24-e815bfe10e28',1,5,6,'report-on-way','Report on the way, where asked','Some agreements want a progress or periodic report, some want none. The data sheet says.',NULL);
INSERT INTO "phase_step" VALUES(30,'ceabbe76-3b62-4741-88f2-d24934c45089',1,5,7,'pay-partners','Pay the partners as agreed','Compare planned and used regularly; good practice is every quarter.',NULL);
INSERT INTO "phase_step" VALUES(31,'371c73dc-7725-413c-b621-aa4a170a93c3',1,6,1,'measure-start','Measure where you start','Starting values in the first months; without them no change can be shown.',NULL);
INSERT INTO "phase_step" VALUES(32,'2975563c-1ac5-4b4a-8a9c-e2717ca0d111',1,6,2,'log-sharing','Note every act of sharing as it happens','Date, partner, channel, public, number reached, proof. Emblem and disclaimer on everything.',NULL);
INSERT INTO "phase_step" VALUES(33,'36c6eedb-7e10-410c-8d19-d3c3483ff9ac',1,6,3,'half-way','Take stock half-way','Partners judge work and cooperation; conclusions go into the minutes.',NULL);
INSERT INTO "phase_step" VALUES(34,'50c3b925-317c-4f9c-872f-da8597d2fbf7',1,6,4,'upload-drafts','Put results on the results platform as drafts','Early, with description and language; a missing translation is then seen in time.',NULL);
INSERT INTO "phase_step" VALUES(35,'3f8f0da8-370a-4997-ad16-109498c983e6',1,6,5,'send-for-review','Send the results for review','Possible only after the project end, or once the final report is in; do it before the report, since they are judged together.',NULL);
INSERT INTO "phase_step" VALUES(36,'f80aae6c-6a37-46bc-bd2c-381db5bce280',1,6,6,'final-report','Send the final report','By the date in your agreement, normally within 60 calendar days of the end. Partners send their part four weeks before; your own date is two weeks before.',NULL);
INSERT INTO "phase_step" VALUES(37,'09fea825-2e92-4dcb-857c-2ecdba9083e2',1,6,7,'archive','Settle the money and close the archive','Keep papers at least 5 years after the final payment, at least 3 where the grant is no more than 60 000 euros; checks and national law can make it longer.',NULL);
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
	final_report_due TEXT, application_deadline TEXT, application_zone TEXT, submitted_on TEXT, outcome TEXT, outcome_on TEXT, outcome_note TEXT, resubmits TEXT, 
	CONSTRAINT ck_project_start_to_end CHECK ("end" >= "start"), 
	CONSTRAINT ck_project_grant CHECK (grant_cents >= 0), 
	CONSTRAINT ck_project_months CHECK (months BETWEEN 1 AND 120), 
	CONSTRAINT uq_project_uid UNIQUE (uid)
)
 STRICT

;
INSERT INTO "project" VALUES(1,'0c45256c-62cd-4331-b7cc-f72b1355aef2','OLD','A project of the fourth tables',NULL,NULL,NULL,NULL,NULL,'work_packages',NULL,NULL,NULL,NULL,NULL,NULL,'EUR',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
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
	answer_id INTEGER, 
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
INSERT INTO "task" VALUES(1,'5e93d0ee-2378-4483-b2f6-e5a2b38734b6',1,NULL,'Send minutes',NULL,NULL,NULL,NULL,NULL,'2026-03-01',NULL,'day','done',NULL,'2026-02-01','normal',NULL,NULL,0,NULL,NULL,NULL,NULL);
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
	notes TEXT, 
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
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('project',1);
INSERT INTO "sqlite_sequence" VALUES('phase',6);
INSERT INTO "sqlite_sequence" VALUES('phase_step',37);
INSERT INTO "sqlite_sequence" VALUES('history_entry',6);
INSERT INTO "sqlite_sequence" VALUES('history_change',49);
INSERT INTO "sqlite_sequence" VALUES('partner',1);
INSERT INTO "sqlite_sequence" VALUES('task',2);
COMMIT;
