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
	notes TEXT, 
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
INSERT INTO "alembic_version" VALUES('0001');
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
	note TEXT, 
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
	notes TEXT, 
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
INSERT INTO "history_change" VALUES(1,1,'project',1,NULL,'{"id": 1, "uid": "d8fd34c7-7d0e-4641-8810-43f054424f1e", "acronym": "OLD", "title": "A project of the first tables", "shape": "work_packages", "currency": "EUR"}','{"salt": "e482dd8b282db497"}');
INSERT INTO "history_change" VALUES(2,1,'phase',1,NULL,'{"id": 1, "uid": "85a51387-8b33-4ab0-b2b4-8c5353d53aac", "project_id": 1, "kind": "partnership", "state": "under_way", "gate_minimum": 60}','{"salt": "91b0f344fbdac0e6"}');
INSERT INTO "history_change" VALUES(3,1,'phase_step',1,NULL,'{"id": 1, "uid": "25a4455c-bfd6-4a74-9a5d-82a9b864caae", "project_id": 1, "phase_id": 1, "position": 1, "code": "ka2-or-ka1", "title": "Check that KA2 is the right action", "hint": "KA2 is cooperation of organisations. If only courses, job shadowing or mobility of pupils are wanted, KA1 is simpler. Choose by objectives, not by the amount of money."}','{"salt": "1492f5186b51073f"}');
INSERT INTO "history_change" VALUES(4,1,'phase_step',2,NULL,'{"id": 2, "uid": "a871bbd3-8a0d-476c-b16d-b961de26d5c6", "project_id": 1, "phase_id": 1, "position": 2, "code": "find-partners", "title": "Look for partners", "hint": "Earlier projects on the results platform, your networks, partner databases of agencies."}','{"salt": "50dac284faa5fd23"}');
INSERT INTO "history_change" VALUES(5,1,'phase_step',3,NULL,'{"id": 3, "uid": "33b2e3bb-ea2f-4c37-9c3e-bcd1dd598130", "project_id": 1, "phase_id": 1, "position": 3, "code": "check-minimum", "title": "Check the minimum of the action", "hint": "Call 2025: three organisations from three EU or associated countries for KA220, two from two for KA210. The guide of your call decides."}','{"salt": "bcb511bdd264a042"}');
INSERT INTO "history_change" VALUES(6,1,'phase_step',4,NULL,'{"id": 4, "uid": "869aed81-9e91-47f0-89fd-04d73e82e644", "project_id": 1, "phase_id": 1, "position": 4, "code": "collect-identifiers", "title": "Collect identifiers and contacts", "hint": "OID or PIC, legal name as in the register, contact person, somebody to stand in, legal representative, time zone."}','{"salt": "7e47abed8ff6f8b8"}');
INSERT INTO "history_change" VALUES(7,1,'phase_step',5,NULL,'{"id": 5, "uid": "3379e09c-b07e-41e2-b511-36ff8434650e", "project_id": 1, "phase_id": 1, "position": 5, "code": "agree-roles", "title": "Agree who does and leads what", "hint": "One sentence for each partner: what only this one brings. Newcomers get a named helper."}','{"salt": "203945579dcef9b3"}');
INSERT INTO "history_change" VALUES(8,1,'phase_step',6,NULL,'{"id": 6, "uid": "ecabcb16-6dd5-407b-8471-294afb44e35c", "project_id": 1, "phase_id": 1, "position": 6, "code": "agree-rules", "title": "Agree how you decide, meet and part", "hint": "Write it down now, as a draft of the partnership agreement; later it costs more."}','{"salt": "d036968d6c90e66b"}');
INSERT INTO "history_change" VALUES(9,1,'phase',2,NULL,'{"id": 2, "uid": "f43fcfb4-274a-4dc2-94fc-05a5001c62db", "project_id": 1, "kind": "goal", "state": "ahead", "gate_minimum": 60}','{"salt": "b4530754465fb0fc"}');
INSERT INTO "history_change" VALUES(10,1,'phase_step',7,NULL,'{"id": 7, "uid": "86d2ccd7-780e-4f68-bb9f-f34b611f126d", "project_id": 1, "phase_id": 2, "position": 1, "code": "ask-needs", "title": "Ask partners and target groups what they need", "hint": "Keep the questions and the answers: figures from your own countries convince."}','{"salt": "fc13f0f3aa17e3af"}');
INSERT INTO "history_change" VALUES(11,1,'phase_step',8,NULL,'{"id": 8, "uid": "601a7365-ce27-492b-b05c-1fc9828d80c1", "project_id": 1, "phase_id": 2, "position": 2, "code": "choose-priorities", "title": "Choose at least one EU priority", "hint": "One for all fields or one of your field; say in a paragraph how the project serves it. Sport, call 2025: exactly one. Look for national priorities of your agency."}','{"salt": "c236c12dcd98db93"}');
INSERT INTO "history_change" VALUES(12,1,'phase_step',9,NULL,'{"id": 9, "uid": "9df82b84-b8e2-4153-b0f4-aacaeafa1f93", "project_id": 1, "phase_id": 2, "position": 3, "code": "search-results", "title": "Look what exists already", "hint": "Search the results platform and write down what is new in yours."}','{"salt": "94a19152505bdce0"}');
INSERT INTO "history_change" VALUES(13,1,'phase_step',10,NULL,'{"id": 10, "uid": "6d35011d-b558-44ef-9cc8-874de11057b5", "project_id": 1, "phase_id": 2, "position": 4, "code": "set-objectives", "title": "Set few objectives that can be measured", "hint": "For each an indicator with a starting value, a target and where the value comes from."}','{"salt": "bd4e48ca0abb6fd9"}');
INSERT INTO "history_change" VALUES(14,1,'phase_step',11,NULL,'{"id": 11, "uid": "1e838cec-5a1a-4cb4-b2a2-bdb1be0836eb", "project_id": 1, "phase_id": 2, "position": 5, "code": "name-users", "title": "Name who will use the results afterwards", "hint": "Ask some of them before you write."}','{"salt": "25d48bb1056fb4bd"}');
INSERT INTO "history_change" VALUES(15,1,'phase',3,NULL,'{"id": 3, "uid": "789a4443-b969-4487-8dd1-65d48127ae62", "project_id": 1, "kind": "proposal", "state": "ahead", "gate_minimum": 70}','{"salt": "7c4ec327246fc2f3"}');
INSERT INTO "history_change" VALUES(16,1,'phase_step',12,NULL,'{"id": 12, "uid": "f7f394ea-58bd-41fc-b513-7a827ec8bb49", "project_id": 1, "phase_id": 3, "position": 1, "code": "read-call", "title": "Read the guide of this call", "hint": "Amounts, ceilings and deadlines belong to one call year; none is carried over from the last."}','{"salt": "a8fd783d515ea6f7"}');
INSERT INTO "history_change" VALUES(17,1,'phase_step',13,NULL,'{"id": 13, "uid": "7e909f03-1dfb-4f8e-a591-50b647e89958", "project_id": 1, "phase_id": 3, "position": 2, "code": "plan-work", "title": "Plan work packages or activities", "hint": "Each with lead, months and results, spread over the whole time; KA210 has activities only."}','{"salt": "99cde960e7f3c036"}');
INSERT INTO "history_change" VALUES(18,1,'phase_step',14,NULL,'{"id": 14, "uid": "8a6491fe-49a0-4563-a0c0-d9d69af729d1", "project_id": 1, "phase_id": 3, "position": 3, "code": "plan-budget", "title": "Make the budget", "hint": "Parts add up to the grant. KA220, when applying: management takes no more than 20 %."}','{"salt": "37cc251b9c9fbcdf"}');
INSERT INTO "history_change" VALUES(19,1,'phase_step',15,NULL,'{"id": 15, "uid": "48f6f5fd-b720-445f-a498-de2a8d97a66a", "project_id": 1, "phase_id": 3, "position": 4, "code": "plan-quality", "title": "Outline quality, risks and dissemination", "hint": "Who checks what and when; what could go wrong; who hears about the results."}','{"salt": "ade74de214df56ad"}');
INSERT INTO "history_change" VALUES(20,1,'phase_step',16,NULL,'{"id": 16, "uid": "2a442391-aba5-44d4-bc33-defa5be9bece", "project_id": 1, "phase_id": 3, "position": 5, "code": "read-by-stranger", "title": "Let somebody read it who does not know it", "hint": "With the award criteria in hand. Leave two weeks."}','{"salt": "212b1e0700e93306"}');
INSERT INTO "history_change" VALUES(21,1,'phase_step',17,NULL,'{"id": 17, "uid": "dc0c6186-c1e7-44f3-8d7f-d899b1bad271", "project_id": 1, "phase_id": 3, "position": 6, "code": "submit", "title": "Send the application", "hint": "Call 2025: before 12:00:00 Brussels time at national agencies, 17:00:00 at EACEA. Better a day early; the last version sent counts. Keep receipt and PDF."}','{"salt": "533c4100e5f05a44"}');
INSERT INTO "history_change" VALUES(22,1,'phase',4,NULL,'{"id": 4, "uid": "9771c1fd-3a17-4657-aca8-f6d57776b314", "project_id": 1, "kind": "funding", "state": "ahead", "gate_minimum": 70}','{"salt": "3ece2921f0158bc4"}');
INSERT INTO "history_change" VALUES(23,1,'phase_step',18,NULL,'{"id": 18, "uid": "1ebaa618-b880-4770-9d22-77c423d47f38", "project_id": 1, "phase_id": 4, "position": 1, "code": "answer-remarks", "title": "Share the result and answer the remarks", "hint": "Every remark of the experts gets an owner."}','{"salt": "81fa129a18bdae51"}');
INSERT INTO "history_change" VALUES(24,1,'phase_step',19,NULL,'{"id": 19, "uid": "30e59178-e58c-4c4b-9214-101d353d08c1", "project_id": 1, "phase_id": 4, "position": 2, "code": "forms-validated", "title": "Get the forms accepted", "hint": "Legal entity form for all, financial identification form for the coordinator; more papers may be asked above 60 000 euros."}','{"salt": "5f2b0c97de001f29"}');
INSERT INTO "history_change" VALUES(25,1,'phase_step',20,NULL,'{"id": 20, "uid": "05aa8e48-0d15-4792-8625-83217af906bf", "project_id": 1, "phase_id": 4, "position": 3, "code": "enter-data-sheet", "title": "Enter the dates of your data sheet", "hint": "Start, end, reports and payments as your own agreement has them. Leave blank what it does not name."}','{"salt": "bf8baa8ffb6003ef"}');
INSERT INTO "history_change" VALUES(26,1,'phase_step',21,NULL,'{"id": 21, "uid": "2341857e-609b-4420-bc69-1e78aff84759", "project_id": 1, "phase_id": 4, "position": 4, "code": "sign-partnership", "title": "Sign the partnership agreement with each partner", "hint": "Before any money moves. It is usually not sent in, but may have to be shown at a check."}','{"salt": "1b0ad2d8c5ece091"}');
INSERT INTO "history_change" VALUES(27,1,'phase_step',22,NULL,'{"id": 22, "uid": "7f76870d-db88-4991-aea8-960b1c494423", "project_id": 1, "phase_id": 4, "position": 5, "code": "first-payment", "title": "Receive the first pre-financing", "hint": "Normally within 30 days of the last signature; it can come in parts, or after a guarantee."}','{"salt": "3f7b31c6eb5b3a44"}');
INSERT INTO "history_change" VALUES(28,1,'phase_step',23,NULL,'{"id": 23, "uid": "a1743f18-5506-49b9-ae33-50c55d1218d4", "project_id": 1, "phase_id": 4, "position": 6, "code": "prepare-start", "title": "Prepare the start", "hint": "Access to the tools for two people, files, visibility kit, kick-off date."}','{"salt": "997dc3f18257f902"}');
INSERT INTO "history_change" VALUES(29,1,'phase',5,NULL,'{"id": 5, "uid": "7f20f024-be6e-4ff7-941a-023aa85f84fd", "project_id": 1, "kind": "implementation", "state": "ahead", "gate_minimum": 70}','{"salt": "24724206d542f141"}');
INSERT INTO "history_change" VALUES(30,1,'phase_step',24,NULL,'{"id": 24, "uid": "b13a1ac2-8eba-4e4f-a89e-154bfdb58442", "project_id": 1, "phase_id": 5, "position": 1, "code": "kick-off", "title": "Hold the kick-off meeting", "hint": "Roles, calendar, reporting rules, templates, visibility. Good practice: minutes within ten days."}','{"salt": "c18aa20bcd54b6b2"}');
INSERT INTO "history_change" VALUES(31,1,'phase_step',25,NULL,'{"id": 25, "uid": "b0e79b2c-1dd0-4514-b579-1008b6f1d240", "project_id": 1, "phase_id": 5, "position": 2, "code": "keep-rhythm", "title": "Keep a rhythm of meetings", "hint": "Often monthly online and a project meeting every four to six months; what is agreed becomes a task."}','{"salt": "11bd2e1cca50af4a"}');
INSERT INTO "history_change" VALUES(32,1,'phase_step',26,NULL,'{"id": 26, "uid": "3ea58085-fcfb-45ff-95a7-75aa34c41d0f", "project_id": 1, "phase_id": 5, "position": 3, "code": "collect-proof", "title": "Collect proof as things happen", "hint": "Payment follows work that was done and can be shown, not receipts. Online: a participant list or screenshot stands for signatures; photos need consent."}','{"salt": "16b241d671ce8ca4"}');
INSERT INTO "history_change" VALUES(33,1,'phase_step',27,NULL,'{"id": 27, "uid": "d0827a5c-6a3b-40f3-bc8e-c8400bf447bb", "project_id": 1, "phase_id": 5, "position": 4, "code": "watch-plan", "title": "Compare with the plan every month", "hint": "Late, silent or changed: talk at once."}','{"salt": "19046c6321eec067"}');
INSERT INTO "history_change" VALUES(34,1,'phase_step',28,NULL,'{"id": 28, "uid": "5f9139a3-7404-48e6-bf8b-d8ed29b47278", "project_id": 1, "phase_id": 5, "position": 5, "code": "ask-changes", "title": "Ask for changes in good time", "hint": "Partners, duration, work plan, bank account. Usually at the latest one month before the end; ask your agency."}','{"salt": "db0f1f0500b15d9f"}');
INSERT INTO "history_change" VALUES(35,1,'phase_step',29,NULL,'{"id": 29, "uid": "bb67bddd-2d66-4497-9a27-9a5debcff20a", "project_id": 1, "phase_id": 5, "position": 6, "code": "report-on-way", "title": "Report on the way, where asked", "hint": "Some agreements want a progress or periodic report, some want none. The data sheet says."}','{"salt": "2142efa8f12c9274"}');
INSERT INTO "history_change" VALUES(36,1,'phase_step',30,NULL,'{"id": 30, "uid": "ccc5d0fb-fc39-4cbb-8e19-f933db8640e2", "project_id": 1, "phase_id": 5, "position": 7, "code": "pay-partners", "title": "Pay the partners as agreed", "hint": "Compare planned and used regularly; good practice is every quarter."}','{"salt": "f7020d842569f417"}');
INSERT INTO "history_change" VALUES(37,1,'phase',6,NULL,'{"id": 6, "uid": "99aa6f59-46b0-4b12-8a91-a522f7590d90", "project_id": 1, "kind": "evaluation", "state": "ahead", "gate_minimum": 70}','{"salt": "b5d1a8eda1865fcd"}');
INSERT INTO "history_change" VALUES(38,1,'phase_step',31,NULL,'{"id": 31, "uid": "10a6ff17-532c-4bb3-bf34-aa009e735a99", "project_id": 1, "phase_id": 6, "position": 1, "code": "measure-start", "title": "Measure where you start", "hint": "Starting values in the first months; without them no change can be shown."}','{"salt": "b657ff3a75444f38"}');
INSERT INTO "history_change" VALUES(39,1,'phase_step',32,NULL,'{"id": 32, "uid": "e4de6bfc-612f-4755-8215-d4477d7aeeba", "project_id": 1, "phase_id": 6, "position": 2, "code": "log-sharing", "title": "Note every act of sharing as it happens", "hint": "Date, partner, channel, public, number reached, proof. Emblem and disclaimer on everything."}','{"salt": "d0963f3e855f54a7"}');
INSERT INTO "history_change" VALUES(40,1,'phase_step',33,NULL,'{"id": 33, "uid": "77841850-5bff-4005-8280-ab6358af9192", "project_id": 1, "phase_id": 6, "position": 3, "code": "half-way", "title": "Take stock half-way", "hint": "Partners judge work and cooperation; conclusions go into the minutes."}','{"salt": "d91baecdbf54b879"}');
INSERT INTO "history_change" VALUES(41,1,'phase_step',34,NULL,'{"id": 34, "uid": "1674ce62-fa1e-4428-b283-6054fcde4323", "project_id": 1, "phase_id": 6, "position": 4, "code": "upload-drafts", "title": "Put results on the results platform as drafts", "hint": "Early, with description and language; a missing translation is then seen in time."}','{"salt": "cb810cd305534a1a"}');
INSERT INTO "history_change" VALUES(42,1,'phase_step',35,NULL,'{"id": 35, "uid": "778287eb-0e7e-419e-8821-008076ba5bc8", "project_id": 1, "phase_id": 6, "position": 5, "code": "send-for-review", "title": "Send the results for review", "hint": "Possible only after the project end, or once the final report is in; do it before the report, since they are judged together."}','{"salt": "c22780881e4995db"}');
INSERT INTO "history_change" VALUES(43,1,'phase_step',36,NULL,'{"id": 36, "uid": "244d481a-48d6-4dad-80c6-2346d2d629ec", "project_id": 1, "phase_id": 6, "position": 6, "code": "final-report", "title": "Send the final report", "hint": "By the date in your agreement, normally within 60 calendar days of the end. Partners send their part four weeks before; your own date is two weeks before."}','{"salt": "4e419b51ceb3b713"}');
INSERT INTO "history_change" VALUES(44,1,'phase_step',37,NULL,'{"id": 37, "uid": "2d174fe9-57de-4a5c-a74c-6b49092b31de", "project_id": 1, "phase_id": 6, "position": 7, "code": "archive", "title": "Settle the money and close the archive", "hint": "Keep papers at least 5 years after the final payment, at least 3 where the grant is no more than 60 000 euros; checks and national law can make it longer."}','{"salt": "119c197782b4f205"}');
INSERT INTO "history_change" VALUES(45,2,'partner',1,NULL,'{"id": 1, "uid": "37a0db01-1cd2-4a1e-bae2-73e312c9ffad", "project_id": 1, "acronym": "ULODZ", "name": "Universit\u00e4t \u0141\u00f3d\u017a", "role": "beneficiary", "country": "PL", "zone": "Europe/Warsaw", "working_days": "1,2,3,4,5", "day_start_minute": 540, "day_end_minute": 1020, "agreement_state": "none"}','{"salt": "18caf576ac03c27b"}');
INSERT INTO "history_change" VALUES(46,3,'task',1,NULL,'{"id": 1, "uid": "7c32f88e-4d79-4a9d-af7f-3875c14cbc98", "project_id": 1, "title": "Send minutes", "due": "2026-03-01", "due_precision": "day", "state": "open", "priority": "normal", "position": 0}','{"salt": "33c329f29268e091"}');
INSERT INTO "history_change" VALUES(47,4,'task',2,NULL,'{"id": 2, "uid": "efe51ff1-06b5-4231-b57b-80cb9ee68b74", "project_id": 1, "title": "Book rooms", "due_precision": "day", "state": "open", "priority": "normal", "position": 1}','{"salt": "364d93cdd58f062e"}');
INSERT INTO "history_change" VALUES(48,5,'task',1,'{"finished_on": null, "state": "open"}','{"finished_on": "2026-02-01", "state": "done"}','{"salt": "50b43baae1eb8864"}');
INSERT INTO "history_change" VALUES(49,6,'task',2,'{"id": 2, "uid": "efe51ff1-06b5-4231-b57b-80cb9ee68b74", "project_id": 1, "title": "Book rooms", "due_precision": "day", "state": "open", "priority": "normal", "position": 1}',NULL,'{"salt": "5d30699a51f20a66"}');
INSERT INTO "history_change" VALUES(50,7,'task',2,NULL,'{"id": 2, "uid": "efe51ff1-06b5-4231-b57b-80cb9ee68b74", "project_id": 1, "title": "Book rooms", "due_precision": "day", "state": "open", "priority": "normal", "position": 1}','{"salt": "e3d09d886341713e"}');
INSERT INTO "history_change" VALUES(51,8,'task',2,'{"id": 2, "uid": "efe51ff1-06b5-4231-b57b-80cb9ee68b74", "project_id": 1, "title": "Book rooms", "due_precision": "day", "state": "open", "priority": "normal", "position": 1}',NULL,'{"salt": "c21fc81f6210ff94"}');
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
INSERT INTO "history_entry" VALUES(1,'2026-11-22 04:25:17.473150','Ana','do','Add project {acronym}','{"acronym": "OLD"}',1,NULL,'0001','{"salt": "35d4eaa9174d6852"}','131c2b5bda1df4ad09114c94d1f2c238b9a669c34626aa160fd0abbbae2ac177');
INSERT INTO "history_entry" VALUES(2,'2026-11-22 04:25:17.489474','Ana','do','Add partner {partner}','{"partner": "ULODZ"}',1,NULL,'0001','{"salt": "51ea775d3e6e7523"}','baa9842964975fe6ee2fbaf64a0c18623602fed5b3e4f1c8962dce653176e093');
INSERT INTO "history_entry" VALUES(3,'2026-11-22 04:25:17.500290','Ana','do','Add task “{title}”','{"title": "Send minutes"}',1,NULL,'0001','{"salt": "6edc8c08464a8db4"}','7421294627d2599576c16cbf6e513c22ffe8dc0bc6fe93e64f4fd7aee572a876');
INSERT INTO "history_entry" VALUES(4,'2026-11-22 04:25:17.505627','Ana','do','Add task “{title}”','{"title": "Book rooms"}',1,NULL,'0001','{"salt": "27cbd4fae536392d"}','c29c9390a4346001bca7e6172c78cafc4b105843d682d257e29bc0b15452f2a8');
INSERT INTO "history_entry" VALUES(5,'2026-11-22 04:25:17.513500','Ana','do','Finish “{title}”','{"title": "Send minutes", "below": "0"}',1,NULL,'0001','{"salt": "223bdb84415dc94e"}','32ebe40fc4f522fd9c5329476c35f84c229081a4733afb620488153501101815');
INSERT INTO "history_entry" VALUES(6,'2026-11-22 04:25:17.524420','Ana','do','Remove “{title}”','{"title": "Book rooms", "below": "0"}',1,NULL,'0001','{"salt": "dc1f2aea7fb9a720"}','ca5aafead9b6ce86a3258e7d4a8cd96cde082d82c1a00082079e39fddffd1628');
INSERT INTO "history_entry" VALUES(7,'2026-11-22 04:25:17.531298','Ana','undo','Remove “{title}”','{"title": "Book rooms", "below": "0"}',1,6,'0001','{"salt": "fc39743e6e642c19"}','91ba77d0bb51bf672211cebdeabbb4d5aad0d52d596294e522fe3c49deced343');
INSERT INTO "history_entry" VALUES(8,'2026-11-22 04:25:17.538684','Ana','do','Remove “{title}”','{"title": "Book rooms", "below": "0"}',1,NULL,'0001','{"salt": "ebfcaa49aeb0ee7c"}','9b0365f95e347633db3a8d03b7c3b0d3fea95939bde1a79c38ef704a451a81b0');
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
	notes TEXT, 
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
INSERT INTO "partner" VALUES(1,'37a0db01-1cd2-4a1e-bae2-73e312c9ffad',1,NULL,'ULODZ','Universität Łódź','beneficiary',NULL,NULL,'PL',NULL,'Europe/Warsaw','1,2,3,4,5',540,1020,'none',NULL,NULL,NULL,NULL);
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
INSERT INTO "phase" VALUES(1,'85a51387-8b33-4ab0-b2b4-8c5353d53aac',1,'partnership','under_way',NULL,NULL,NULL,NULL,60,NULL,NULL,NULL);
INSERT INTO "phase" VALUES(2,'f43fcfb4-274a-4dc2-94fc-05a5001c62db',1,'goal','ahead',NULL,NULL,NULL,NULL,60,NULL,NULL,NULL);
INSERT INTO "phase" VALUES(3,'789a4443-b969-4487-8dd1-65d48127ae62',1,'proposal','ahead',NULL,NULL,NULL,NULL,70,NULL,NULL,NULL);
INSERT INTO "phase" VALUES(4,'9771c1fd-3a17-4657-aca8-f6d57776b314',1,'funding','ahead',NULL,NULL,NULL,NULL,70,NULL,NULL,NULL);
INSERT INTO "phase" VALUES(5,'7f20f024-be6e-4ff7-941a-023aa85f84fd',1,'implementation','ahead',NULL,NULL,NULL,NULL,70,NULL,NULL,NULL);
INSERT INTO "phase" VALUES(6,'99aa6f59-46b0-4b12-8a91-a522f7590d90',1,'evaluation','ahead',NULL,NULL,NULL,NULL,70,NULL,NULL,NULL);
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
INSERT INTO "phase_step" VALUES(1,'25a4455c-bfd6-4a74-9a5d-82a9b864caae',1,1,1,'ka2-or-ka1','Check that KA2 is the right action','KA2 is cooperation of organisations. If only courses, job shadowing or mobility of pupils are wanted, KA1 is simpler. Choose by objectives, not by the amount of money.',NULL);
INSERT INTO "phase_step" VALUES(2,'a871bbd3-8a0d-476c-b16d-b961de26d5c6',1,1,2,'find-partners','Look for partners','Earlier projects on the results platform, your networks, partner databases of agencies.',NULL);
INSERT INTO "phase_step" VALUES(3,'33b2e3bb-ea2f-4c37-9c3e-bcd1dd598130',1,1,3,'check-minimum','Check the minimum of the action','Call 2025: three organisations from three EU or associated countries for KA220, two from two for KA210. The guide of your call decides.',NULL);
INSERT INTO "phase_step" VALUES(4,'869aed81-9e91-47f0-89fd-04d73e82e644',1,1,4,'collect-identifiers','Collect identifiers and contacts','OID or PIC, legal name as in the register, contact person, somebody to stand in, legal representative, time zone.',NULL);
INSERT INTO "phase_step" VALUES(5,'3379e09c-b07e-41e2-b511-36ff8434650e',1,1,5,'agree-roles','Agree who does and leads what','One sentence for each partner: what only this one brings. Newcomers get a named helper.',NULL);
INSERT INTO "phase_step" VALUES(6,'ecabcb16-6dd5-407b-8471-294afb44e35c',1,1,6,'agree-rules','Agree how you decide, meet and part','Write it down now, as a draft of the partnership agreement; later it costs more.',NULL);
INSERT INTO "phase_step" VALUES(7,'86d2ccd7-780e-4f68-bb9f-f34b611f126d',1,2,1,'ask-needs','Ask partners and target groups what they need','Keep the questions and the answers: figures from your own countries convince.',NULL);
INSERT INTO "phase_step" VALUES(8,'601a7365-ce27-492b-b05c-1fc9828d80c1',1,2,2,'choose-priorities','Choose at least one EU priority','One for all fields or one of your field; say in a paragraph how the project serves it. Sport, call 2025: exactly one. Look for national priorities of your agency.',NULL);
INSERT INTO "phase_step" VALUES(9,'9df82b84-b8e2-4153-b0f4-aacaeafa1f93',1,2,3,'search-results','Look what exists already','Search the results platform and write down what is new in yours.',NULL);
INSERT INTO "phase_step" VALUES(10,'6d35011d-b558-44ef-9cc8-874de11057b5',1,2,4,'set-objectives','Set few objectives that can be measured','For each an indicator with a starting value, a target and where the value comes from.',NULL);
INSERT INTO "phase_step" VALUES(11,'1e838cec-5a1a-4cb4-b2a2-bdb1be0836eb',1,2,5,'name-users','Name who will use the results afterwards','Ask some of them before you write.',NULL);
INSERT INTO "phase_step" VALUES(12,'f7f394ea-58bd-41fc-b513-7a827ec8bb49',1,3,1,'read-call','Read the guide of this call','Amounts, ceilings and deadlines belong to one call year; none is carried over from the last.',NULL);
INSERT INTO "phase_step" VALUES(13,'7e909f03-1dfb-4f8e-a591-50b647e89958',1,3,2,'plan-work','Plan work packages or activities','Each with lead, months and results, spread over the whole time; KA210 has activities only.',NULL);
INSERT INTO "phase_step" VALUES(14,'8a6491fe-49a0-4563-a0c0-d9d69af729d1',1,3,3,'plan-budget','Make the budget','Parts add up to the grant. KA220, when applying: management takes no more than 20 %.',NULL);
INSERT INTO "phase_step" VALUES(15,'48f6f5fd-b720-445f-a498-de2a8d97a66a',1,3,4,'plan-quality','Outline quality, risks and dissemination','Who checks what and when; what could go wrong; who hears about the results.',NULL);
INSERT INTO "phase_step" VALUES(16,'2a442391-aba5-44d4-bc33-defa5be9bece',1,3,5,'read-by-stranger','Let somebody read it who does not know it','With the award criteria in hand. Leave two weeks.',NULL);
INSERT INTO "phase_step" VALUES(17,'dc0c6186-c1e7-44f3-8d7f-d899b1bad271',1,3,6,'submit','Send the application','Call 2025: before 12:00:00 Brussels time at national agencies, 17:00:00 at EACEA. Better a day early; the last version sent counts. Keep receipt and PDF.',NULL);
INSERT INTO "phase_step" VALUES(18,'1ebaa618-b880-4770-9d22-77c423d47f38',1,4,1,'answer-remarks','Share the result and answer the remarks','Every remark of the experts gets an owner.',NULL);
INSERT INTO "phase_step" VALUES(19,'30e59178-e58c-4c4b-9214-101d353d08c1',1,4,2,'forms-validated','Get the forms accepted','Legal entity form for all, financial identification form for the coordinator; more papers may be asked above 60 000 euros.',NULL);
INSERT INTO "phase_step" VALUES(20,'05aa8e48-0d15-4792-8625-83217af906bf',1,4,3,'enter-data-sheet','Enter the dates of your data sheet','Start, end, reports and payments as your own agreement has them. Leave blank what it does not name.',NULL);
INSERT INTO "phase_step" VALUES(21,'2341857e-609b-4420-bc69-1e78aff84759',1,4,4,'sign-partnership','Sign the partnership agreement with each partner','Before any money moves. It is usually not sent in, but may have to be shown at a check.',NULL);
INSERT INTO "phase_step" VALUES(22,'7f76870d-db88-4991-aea8-960b1c494423',1,4,5,'first-payment','Receive the first pre-financing','Normally within 30 days of the last signature; it can come in parts, or after a guarantee.',NULL);
INSERT INTO "phase_step" VALUES(23,'a1743f18-5506-49b9-ae33-50c55d1218d4',1,4,6,'prepare-start','Prepare the start','Access to the tools for two people, files, visibility kit, kick-off date.',NULL);
INSERT INTO "phase_step" VALUES(24,'b13a1ac2-8eba-4e4f-a89e-154bfdb58442',1,5,1,'kick-off','Hold the kick-off meeting','Roles, calendar, reporting rules, templates, visibility. Good practice: minutes within ten days.',NULL);
INSERT INTO "phase_step" VALUES(25,'b0e79b2c-1dd0-4514-b579-1008b6f1d240',1,5,2,'keep-rhythm','Keep a rhythm of meetings','Often monthly online and a project meeting every four to six months; what is agreed becomes a task.',NULL);
INSERT INTO "phase_step" VALUES(26,'3ea58085-fcfb-45ff-95a7-75aa34c41d0f',1,5,3,'collect-proof','Collect proof as things happen','Payment follows work that was done and can be shown, not receipts. Online: a participant list or screenshot stands for signatures; photos need consent.',NULL);
INSERT INTO "phase_step" VALUES(27,'d0827a5c-6a3b-40f3-bc8e-c8400bf447bb',1,5,4,'watch-plan','Compare with the plan every month','Late, silent or changed: talk at once.',NULL);
INSERT INTO "phase_step" VALUES(28,'5f9139a3-7404-48e6-bf8b-d8ed29b47278',1,5,5,'ask-changes','Ask for changes in good time','Partners, duration, work plan, bank account. Usually at the latest one month before the end; ask your agency.',NULL);
INSERT INTO "phase_step" VALUES(29,'bb67bddd-2d66-4497-9a27-9a5debcff20a',1,5,6,'report-on-way','Report on the way, where asked','Some agreements want a progress or periodic report, some want none. The data sheet says.',NULL);
INSERT INTO "phase_step" VALUES(30,'ccc5d0fb-fc39-4cbb-8e19-f933db8640e2',1,5,7,'pay-partners','Pay the partners as agreed','Compare planned and used regularly; good practice is every quarter.',NULL);
INSERT INTO "phase_step" VALUES(31,'10a6ff17-532c-4bb3-bf34-aa009e735a99',1,6,1,'measure-start','Measure where you start','Starting values in the first months; without them no change can be shown.',NULL);
INSERT INTO "phase_step" VALUES(32,'e4de6bfc-612f-4755-8215-d4477d7aeeba',1,6,2,'log-sharing','Note every act of sharing as it happens','Date, partner, channel, public, number reached, proof. Emblem and disclaimer on everything.',NULL);
INSERT INTO "phase_step" VALUES(33,'77841850-5bff-4005-8280-ab6358af9192',1,6,3,'half-way','Take stock half-way','Partners judge work and cooperation; conclusions go into the minutes.',NULL);
INSERT INTO "phase_step" VALUES(34,'1674ce62-fa1e-4428-b283-6054fcde4323',1,6,4,'upload-drafts','Put results on the results platform as drafts','Early, with description and language; a missing translation is then seen in time.',NULL);
INSERT INTO "phase_step" VALUES(35,'778287eb-0e7e-419e-8821-008076ba5bc8',1,6,5,'send-for-review','Send the results for review','Possible only after the project end, or once the final report is in; do it before the report, since they are judged together.',NULL);
INSERT INTO "phase_step" VALUES(36,'244d481a-48d6-4dad-80c6-2346d2d629ec',1,6,6,'final-report','Send the final report','By the date in your agreement, normally within 60 calendar days of the end. Partners send their part four weeks before; your own date is two weeks before.',NULL);
INSERT INTO "phase_step" VALUES(37,'2d174fe9-57de-4a5c-a74c-6b49092b31de',1,6,7,'archive','Settle the money and close the archive','Keep papers at least 5 years after the final payment, at least 3 where the grant is no more than 60 000 euros; checks and national law can make it longer.',NULL);
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
	final_report_due TEXT, 
	CONSTRAINT ck_project_start_to_end CHECK ("end" >= "start"), 
	CONSTRAINT ck_project_grant CHECK (grant_cents >= 0), 
	CONSTRAINT ck_project_months CHECK (months BETWEEN 1 AND 120), 
	CONSTRAINT uq_project_uid UNIQUE (uid)
)
 STRICT

;
INSERT INTO "project" VALUES(1,'d8fd34c7-7d0e-4641-8810-43f054424f1e','OLD','A project of the first tables',NULL,NULL,NULL,NULL,NULL,'work_packages',NULL,NULL,NULL,NULL,NULL,NULL,'EUR',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
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
INSERT INTO "task" VALUES(1,'7c32f88e-4d79-4a9d-af7f-3875c14cbc98',1,NULL,'Send minutes',NULL,NULL,NULL,NULL,NULL,'2026-03-01',NULL,'day','done',NULL,'2026-02-01','normal',NULL,NULL,0,NULL,NULL,NULL,NULL);
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
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('project',1);
INSERT INTO "sqlite_sequence" VALUES('phase',6);
INSERT INTO "sqlite_sequence" VALUES('phase_step',37);
INSERT INTO "sqlite_sequence" VALUES('history_entry',8);
INSERT INTO "sqlite_sequence" VALUES('history_change',51);
INSERT INTO "sqlite_sequence" VALUES('partner',1);
INSERT INTO "sqlite_sequence" VALUES('task',2);
COMMIT;
