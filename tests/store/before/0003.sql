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
INSERT INTO "alembic_version" VALUES('0003');
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
INSERT INTO "history_change" VALUES(1,1,'project',1,NULL,'{"id": 1, "uid": "1f18dd81-f47d-465b-abe5-62cbdf1572dd", "acronym": "OLD", "title": "A project of the third tables", "shape": "work_packages", "currency": "EUR"}','{"salt": "0a478912aa47609a"}');
INSERT INTO "history_change" VALUES(2,1,'phase',1,NULL,'{"id": 1, "uid": "0c96bac7-2650-4313-b0bc-c93608dc97ed", "project_id": 1, "kind": "partnership", "state": "under_way", "gate_minimum": 60}','{"salt": "9d20675a8861b191"}');
INSERT INTO "history_change" VALUES(3,1,'phase_step',1,NULL,'{"id": 1, "uid": "8779460f-8ef0-49cb-bd26-7e9109409681", "project_id": 1, "phase_id": 1, "position": 1, "code": "ka2-or-ka1", "title": "Check that KA2 is the right action", "hint": "KA2 is cooperation of organisations. If only courses, job shadowing or mobility of pupils are wanted, KA1 is simpler. Choose by objectives, not by the amount of money."}','{"salt": "fb46606651ab4556"}');
INSERT INTO "history_change" VALUES(4,1,'phase_step',2,NULL,'{"id": 2, "uid": "916cf753-c55a-4faa-964b-15d2be6600d8", "project_id": 1, "phase_id": 1, "position": 2, "code": "find-partners", "title": "Look for partners", "hint": "Earlier projects on the results platform, your networks, partner databases of agencies."}','{"salt": "d57bd2b00bbf995e"}');
INSERT INTO "history_change" VALUES(5,1,'phase_step',3,NULL,'{"id": 3, "uid": "dd054c2b-3e82-464a-89f4-6745853e073f", "project_id": 1, "phase_id": 1, "position": 3, "code": "check-minimum", "title": "Check the minimum of the action", "hint": "Call 2025: three organisations from three EU or associated countries for KA220, two from two for KA210. The guide of your call decides."}','{"salt": "e6959bf163ad382a"}');
INSERT INTO "history_change" VALUES(6,1,'phase_step',4,NULL,'{"id": 4, "uid": "9d283f2e-4344-4bf9-8317-e65b34bea896", "project_id": 1, "phase_id": 1, "position": 4, "code": "collect-identifiers", "title": "Collect identifiers and contacts", "hint": "OID or PIC, legal name as in the register, contact person, somebody to stand in, legal representative, time zone."}','{"salt": "cde81acddfd37cee"}');
INSERT INTO "history_change" VALUES(7,1,'phase_step',5,NULL,'{"id": 5, "uid": "1031fc47-7860-4c79-bc52-306b963b9029", "project_id": 1, "phase_id": 1, "position": 5, "code": "agree-roles", "title": "Agree who does and leads what", "hint": "One sentence for each partner: what only this one brings. Newcomers get a named helper."}','{"salt": "f22fc40f8b865b80"}');
INSERT INTO "history_change" VALUES(8,1,'phase_step',6,NULL,'{"id": 6, "uid": "d87c7afd-5bbf-4369-bd9e-676145a3a4d8", "project_id": 1, "phase_id": 1, "position": 6, "code": "agree-rules", "title": "Agree how you decide, meet and part", "hint": "Write it down now, as a draft of the partnership agreement; later it costs more."}','{"salt": "ceda4962c2101d7c"}');
INSERT INTO "history_change" VALUES(9,1,'phase',2,NULL,'{"id": 2, "uid": "1424b4c5-1bf4-4b28-8dff-a04575eff65e", "project_id": 1, "kind": "goal", "state": "ahead", "gate_minimum": 60}','{"salt": "fc77d419e9cc04fb"}');
INSERT INTO "history_change" VALUES(10,1,'phase_step',7,NULL,'{"id": 7, "uid": "38a3dd57-0ad0-43b7-9d01-11647bcb5001", "project_id": 1, "phase_id": 2, "position": 1, "code": "ask-needs", "title": "Ask partners and target groups what they need", "hint": "Keep the questions and the answers: figures from your own countries convince."}','{"salt": "10ecef87f356165d"}');
INSERT INTO "history_change" VALUES(11,1,'phase_step',8,NULL,'{"id": 8, "uid": "58ec046e-b7ab-4381-aca7-63e26be608fb", "project_id": 1, "phase_id": 2, "position": 2, "code": "choose-priorities", "title": "Choose at least one EU priority", "hint": "One for all fields or one of your field; say in a paragraph how the project serves it. Sport, call 2025: exactly one. Look for national priorities of your agency."}','{"salt": "f1cdc927a5f82ad6"}');
INSERT INTO "history_change" VALUES(12,1,'phase_step',9,NULL,'{"id": 9, "uid": "0bced3a1-5241-4d16-aee9-1e948ffdb331", "project_id": 1, "phase_id": 2, "position": 3, "code": "search-results", "title": "Look what exists already", "hint": "Search the results platform and write down what is new in yours."}','{"salt": "aee249f7f6b35d2d"}');
INSERT INTO "history_change" VALUES(13,1,'phase_step',10,NULL,'{"id": 10, "uid": "7557f1be-343e-42d9-8b9a-8e6594c4fbc0", "project_id": 1, "phase_id": 2, "position": 4, "code": "set-objectives", "title": "Set few objectives that can be measured", "hint": "For each an indicator with a starting value, a target and where the value comes from."}','{"salt": "309d98e2a8596965"}');
INSERT INTO "history_change" VALUES(14,1,'phase_step',11,NULL,'{"id": 11, "uid": "f6347446-f86f-4088-9080-b844ef91f438", "project_id": 1, "phase_id": 2, "position": 5, "code": "name-users", "title": "Name who will use the results afterwards", "hint": "Ask some of them before you write."}','{"salt": "2978a5bb3ee394ea"}');
INSERT INTO "history_change" VALUES(15,1,'phase',3,NULL,'{"id": 3, "uid": "ef05a05b-9b19-41eb-a7d4-2c166e091288", "project_id": 1, "kind": "proposal", "state": "ahead", "gate_minimum": 70}','{"salt": "75184ae5a12d3993"}');
INSERT INTO "history_change" VALUES(16,1,'phase_step',12,NULL,'{"id": 12, "uid": "58e5bc1e-764a-4f82-8cfb-cb96a8e4514b", "project_id": 1, "phase_id": 3, "position": 1, "code": "read-call", "title": "Read the guide of this call", "hint": "Amounts, ceilings and deadlines belong to one call year; none is carried over from the last."}','{"salt": "5e733e549175baca"}');
INSERT INTO "history_change" VALUES(17,1,'phase_step',13,NULL,'{"id": 13, "uid": "cd16945b-4874-41b7-a6ff-acf05073541a", "project_id": 1, "phase_id": 3, "position": 2, "code": "plan-work", "title": "Plan work packages or activities", "hint": "Each with lead, months and results, spread over the whole time; KA210 has activities only."}','{"salt": "d9bad125d025446e"}');
INSERT INTO "history_change" VALUES(18,1,'phase_step',14,NULL,'{"id": 14, "uid": "f2d2daf5-eb71-458e-a337-9ff69f4dde0c", "project_id": 1, "phase_id": 3, "position": 3, "code": "plan-budget", "title": "Make the budget", "hint": "Parts add up to the grant. KA220, when applying: management takes no more than 20 %."}','{"salt": "b5920061558476f3"}');
INSERT INTO "history_change" VALUES(19,1,'phase_step',15,NULL,'{"id": 15, "uid": "e531889f-3b2a-4794-916f-985a3037bd93", "project_id": 1, "phase_id": 3, "position": 4, "code": "plan-quality", "title": "Outline quality, risks and dissemination", "hint": "Who checks what and when; what could go wrong; who hears about the results."}','{"salt": "877f43c0da45b314"}');
INSERT INTO "history_change" VALUES(20,1,'phase_step',16,NULL,'{"id": 16, "uid": "9ebddbb0-f1fa-42b3-941d-3762208acc32", "project_id": 1, "phase_id": 3, "position": 5, "code": "read-by-stranger", "title": "Let somebody read it who does not know it", "hint": "With the award criteria in hand. Leave two weeks."}','{"salt": "0cc6cff011209aef"}');
INSERT INTO "history_change" VALUES(21,1,'phase_step',17,NULL,'{"id": 17, "uid": "ad151cd2-4ead-4a39-983f-b5964fe38796", "project_id": 1, "phase_id": 3, "position": 6, "code": "submit", "title": "Send the application", "hint": "Call 2025: before 12:00:00 Brussels time at national agencies, 17:00:00 at EACEA. Better a day early; the last version sent counts. Keep receipt and PDF."}','{"salt": "33a51aa5cc9c506c"}');
INSERT INTO "history_change" VALUES(22,1,'phase',4,NULL,'{"id": 4, "uid": "54f6568b-b128-4949-9ecc-150b7194349a", "project_id": 1, "kind": "funding", "state": "ahead", "gate_minimum": 70}','{"salt": "4838a2bbd45ae4e6"}');
INSERT INTO "history_change" VALUES(23,1,'phase_step',18,NULL,'{"id": 18, "uid": "a1ef2028-6207-4d6f-9496-a5761af89674", "project_id": 1, "phase_id": 4, "position": 1, "code": "answer-remarks", "title": "Share the result and answer the remarks", "hint": "Every remark of the experts gets an owner."}','{"salt": "d047a2b92f150174"}');
INSERT INTO "history_change" VALUES(24,1,'phase_step',19,NULL,'{"id": 19, "uid": "d1e0daf0-7e34-4797-a58f-1495d5e7af5e", "project_id": 1, "phase_id": 4, "position": 2, "code": "forms-validated", "title": "Get the forms accepted", "hint": "Legal entity form for all, financial identification form for the coordinator; more papers may be asked above 60 000 euros."}','{"salt": "fa9a78e8b84e5d98"}');
INSERT INTO "history_change" VALUES(25,1,'phase_step',20,NULL,'{"id": 20, "uid": "ed324c1a-6fa2-4ee5-9207-f308691d589c", "project_id": 1, "phase_id": 4, "position": 3, "code": "enter-data-sheet", "title": "Enter the dates of your data sheet", "hint": "Start, end, reports and payments as your own agreement has them. Leave blank what it does not name."}','{"salt": "c691d7f7de2316f0"}');
INSERT INTO "history_change" VALUES(26,1,'phase_step',21,NULL,'{"id": 21, "uid": "cb7cfa44-0306-4476-bf64-795cc0460cea", "project_id": 1, "phase_id": 4, "position": 4, "code": "sign-partnership", "title": "Sign the partnership agreement with each partner", "hint": "Before any money moves. It is usually not sent in, but may have to be shown at a check."}','{"salt": "ffeb8129d48990fe"}');
INSERT INTO "history_change" VALUES(27,1,'phase_step',22,NULL,'{"id": 22, "uid": "5b60b8c8-683b-49dd-ad33-46f984bd085b", "project_id": 1, "phase_id": 4, "position": 5, "code": "first-payment", "title": "Receive the first pre-financing", "hint": "Normally within 30 days of the last signature; it can come in parts, or after a guarantee."}','{"salt": "230fcaca7755f217"}');
INSERT INTO "history_change" VALUES(28,1,'phase_step',23,NULL,'{"id": 23, "uid": "e996cef8-e099-471f-8c6c-c7a3afd522ee", "project_id": 1, "phase_id": 4, "position": 6, "code": "prepare-start", "title": "Prepare the start", "hint": "Access to the tools for two people, files, visibility kit, kick-off date."}','{"salt": "de4405f25b4ba113"}');
INSERT INTO "history_change" VALUES(29,1,'phase',5,NULL,'{"id": 5, "uid": "eeca31ad-cbf3-438b-9c2c-483a06f0a776", "project_id": 1, "kind": "implementation", "state": "ahead", "gate_minimum": 70}','{"salt": "171831643dcb129d"}');
INSERT INTO "history_change" VALUES(30,1,'phase_step',24,NULL,'{"id": 24, "uid": "0a977c7f-05ff-46d6-9e2e-88ce26d28523", "project_id": 1, "phase_id": 5, "position": 1, "code": "kick-off", "title": "Hold the kick-off meeting", "hint": "Roles, calendar, reporting rules, templates, visibility. Good practice: minutes within ten days."}','{"salt": "83a221c71880d931"}');
INSERT INTO "history_change" VALUES(31,1,'phase_step',25,NULL,'{"id": 25, "uid": "db2b1aa9-eb00-4038-a199-5dd12a9b85c1", "project_id": 1, "phase_id": 5, "position": 2, "code": "keep-rhythm", "title": "Keep a rhythm of meetings", "hint": "Often monthly online and a project meeting every four to six months; what is agreed becomes a task."}','{"salt": "dad9d6154a05f66d"}');
INSERT INTO "history_change" VALUES(32,1,'phase_step',26,NULL,'{"id": 26, "uid": "2d9eb7fe-5892-4880-8754-6a33545bf6b9", "project_id": 1, "phase_id": 5, "position": 3, "code": "collect-proof", "title": "Collect proof as things happen", "hint": "Payment follows work that was done and can be shown, not receipts. Online: a participant list or screenshot stands for signatures; photos need consent."}','{"salt": "170be1d06d3becc7"}');
INSERT INTO "history_change" VALUES(33,1,'phase_step',27,NULL,'{"id": 27, "uid": "3c14545f-a71f-478d-9e2f-00354a1b87f1", "project_id": 1, "phase_id": 5, "position": 4, "code": "watch-plan", "title": "Compare with the plan every month", "hint": "Late, silent or changed: talk at once."}','{"salt": "b8098a9f8d960c5c"}');
INSERT INTO "history_change" VALUES(34,1,'phase_step',28,NULL,'{"id": 28, "uid": "23c30543-112a-4960-a3d8-b78ad150e901", "project_id": 1, "phase_id": 5, "position": 5, "code": "ask-changes", "title": "Ask for changes in good time", "hint": "Partners, duration, work plan, bank account. Usually at the latest one month before the end; ask your agency."}','{"salt": "df4743f6a6e138d4"}');
INSERT INTO "history_change" VALUES(35,1,'phase_step',29,NULL,'{"id": 29, "uid": "56a0f9f9-7232-47cf-8b8f-56209ad7359b", "project_id": 1, "phase_id": 5, "position": 6, "code": "report-on-way", "title": "Report on the way, where asked", "hint": "Some agreements want a progress or periodic report, some want none. The data sheet says."}','{"salt": "e01a8be60b00309d"}');
INSERT INTO "history_change" VALUES(36,1,'phase_step',30,NULL,'{"id": 30, "uid": "11a7b8b8-93c5-497f-9d2b-cee2ed546aa8", "project_id": 1, "phase_id": 5, "position": 7, "code": "pay-partners", "title": "Pay the partners as agreed", "hint": "Compare planned and used regularly; good practice is every quarter."}','{"salt": "21784c6986c8ee31"}');
INSERT INTO "history_change" VALUES(37,1,'phase',6,NULL,'{"id": 6, "uid": "4843fc6a-ccab-423a-9b7b-df18b59be446", "project_id": 1, "kind": "evaluation", "state": "ahead", "gate_minimum": 70}','{"salt": "11fde58d3b622d04"}');
INSERT INTO "history_change" VALUES(38,1,'phase_step',31,NULL,'{"id": 31, "uid": "e6c17ec3-591b-4183-8817-37da0468e561", "project_id": 1, "phase_id": 6, "position": 1, "code": "measure-start", "title": "Measure where you start", "hint": "Starting values in the first months; without them no change can be shown."}','{"salt": "bc75283ce743d66d"}');
INSERT INTO "history_change" VALUES(39,1,'phase_step',32,NULL,'{"id": 32, "uid": "fdd03ce9-f922-4409-add8-eabd1824ad5f", "project_id": 1, "phase_id": 6, "position": 2, "code": "log-sharing", "title": "Note every act of sharing as it happens", "hint": "Date, partner, channel, public, number reached, proof. Emblem and disclaimer on everything."}','{"salt": "7ed2d603ead4d68f"}');
INSERT INTO "history_change" VALUES(40,1,'phase_step',33,NULL,'{"id": 33, "uid": "708a4eb7-2e2f-4a83-89f2-d909133b8972", "project_id": 1, "phase_id": 6, "position": 3, "code": "half-way", "title": "Take stock half-way", "hint": "Partners judge work and cooperation; conclusions go into the minutes."}','{"salt": "4bcd6bc211e4a0b7"}');
INSERT INTO "history_change" VALUES(41,1,'phase_step',34,NULL,'{"id": 34, "uid": "a989a650-35d6-464a-8433-92d0424c92f7", "project_id": 1, "phase_id": 6, "position": 4, "code": "upload-drafts", "title": "Put results on the results platform as drafts", "hint": "Early, with description and language; a missing translation is then seen in time."}','{"salt": "c996e6758d7ca0f1"}');
INSERT INTO "history_change" VALUES(42,1,'phase_step',35,NULL,'{"id": 35, "uid": "3af3113e-2119-4477-bae4-79ea4ed04f54", "project_id": 1, "phase_id": 6, "position": 5, "code": "send-for-review", "title": "Send the results for review", "hint": "Possible only after the project end, or once the final report is in; do it before the report, since they are judged together."}','{"salt": "c5909f32c8f72524"}');
INSERT INTO "history_change" VALUES(43,1,'phase_step',36,NULL,'{"id": 36, "uid": "dce053cb-f873-4438-be19-edf99124a4f9", "project_id": 1, "phase_id": 6, "position": 6, "code": "final-report", "title": "Send the final report", "hint": "By the date in your agreement, normally within 60 calendar days of the end. Partners send their part four weeks before; your own date is two weeks before."}','{"salt": "0ca8f150bdfd33c6"}');
INSERT INTO "history_change" VALUES(44,1,'phase_step',37,NULL,'{"id": 37, "uid": "451959f0-44d8-43a6-a09f-4d5f4a6c6ef7", "project_id": 1, "phase_id": 6, "position": 7, "code": "archive", "title": "Settle the money and close the archive", "hint": "Keep papers at least 5 years after the final payment, at least 3 where the grant is no more than 60 000 euros; checks and national law can make it longer."}','{"salt": "99b09513fe9d65ea"}');
INSERT INTO "history_change" VALUES(45,2,'partner',1,NULL,'{"id": 1, "uid": "709ed2fe-5429-4662-98db-326fd9c408a6", "project_id": 1, "acronym": "ULODZ", "name": "University of \u0141\u00f3d\u017a", "role": "beneficiary", "country": "PL", "zone": "Europe/Warsaw", "working_days": "1,2,3,4,5", "day_start_minute": 540, "day_end_minute": 1020, "agreement_state": "none"}','{"salt": "3288f71eada5a15b"}');
INSERT INTO "history_change" VALUES(46,3,'task',1,NULL,'{"id": 1, "uid": "e49f81da-ddf2-4fc7-83fd-c2d93258dbc3", "project_id": 1, "title": "Send minutes", "due": "2026-03-01", "due_precision": "day", "state": "open", "priority": "normal", "position": 0}','{"salt": "822846e6d54d286d"}');
INSERT INTO "history_change" VALUES(47,4,'task',2,NULL,'{"id": 2, "uid": "959cbefc-d934-43b4-ba72-0edfff4fc385", "project_id": 1, "title": "Book rooms", "due_precision": "day", "state": "open", "priority": "normal", "position": 1}','{"salt": "e20fe3f523840d0b"}');
INSERT INTO "history_change" VALUES(48,5,'task',1,'{"finished_on": null, "state": "open"}','{"finished_on": "2026-02-01", "state": "done"}','{"salt": "f3f8c7a6edce08f2"}');
INSERT INTO "history_change" VALUES(49,6,'task',2,'{"id": 2, "uid": "959cbefc-d934-43b4-ba72-0edfff4fc385", "project_id": 1, "title": "Book rooms", "due_precision": "day", "state": "open", "priority": "normal", "position": 1}',NULL,'{"salt": "47a2650ab66766f8"}');
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
INSERT INTO "history_entry" VALUES(1,'2026-11-22 07:57:03.447930','Ana','do','Add project {acronym}','{"acronym": "OLD"}',1,NULL,'0003','{"salt": "bd487868cc92e16b"}','b9a781a83a246684a18ad53c2f3ba12aab5d1bef391559bf813014339f7b64ab');
INSERT INTO "history_entry" VALUES(2,'2026-11-22 07:57:03.472280','Ana','do','Add partner {partner}','{"partner": "ULODZ"}',1,NULL,'0003','{"salt": "4e8cd7b3c1ef87fe"}','87e995cdad7187ebb935c385991546a93c62275ba31d418601b0c4a7e6b8c7c8');
INSERT INTO "history_entry" VALUES(3,'2026-11-22 07:57:03.488039','Ana','do','Add task “{title}”','{"title": "Send minutes"}',1,NULL,'0003','{"salt": "e7272ff43fc3c72b"}','da84b360d54aa8f55e9903db92fa6322461362deaa42288a991935372caed536');
INSERT INTO "history_entry" VALUES(4,'2026-11-22 07:57:03.494002','Ana','do','Add task “{title}”','{"title": "Book rooms"}',1,NULL,'0003','{"salt": "0171f11d142f486a"}','0a582ca94e5836c684fa334421568b22684b055ecb71b822baf797f1860017ce');
INSERT INTO "history_entry" VALUES(5,'2026-11-22 07:57:03.502291','Ana','do','Finish “{title}”','{"title": "Send minutes", "below": "0"}',1,NULL,'0003','{"salt": "bb9d447d7127c58e"}','80267c375b8a100749b8287ab0f4e34a6fccb29a023394f223f600cc5a69fd31');
INSERT INTO "history_entry" VALUES(6,'2026-11-22 07:57:03.516964','Ana','do','Remove “{title}”','{"title": "Book rooms", "below": "0"}',1,NULL,'0003','{"salt": "a665ea3509e36c8f"}','6e28e15e020596af3b41825e7141b62b09436bdc45eae347610c06bd164f089a');
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
	notes TEXT, started_at TEXT, ended_at TEXT, 
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
INSERT INTO "partner" VALUES(1,'709ed2fe-5429-4662-98db-326fd9c408a6',1,NULL,'ULODZ','University of Łódź','beneficiary',NULL,NULL,'PL',NULL,'Europe/Warsaw','1,2,3,4,5',540,1020,'none',NULL,NULL,NULL,NULL);
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
INSERT INTO "phase" VALUES(1,'0c96bac7-2650-4313-b0bc-c93608dc97ed',1,'partnership','under_way',NULL,NULL,NULL,NULL,60,NULL,NULL,NULL);
INSERT INTO "phase" VALUES(2,'1424b4c5-1bf4-4b28-8dff-a04575eff65e',1,'goal','ahead',NULL,NULL,NULL,NULL,60,NULL,NULL,NULL);
INSERT INTO "phase" VALUES(3,'ef05a05b-9b19-41eb-a7d4-2c166e091288',1,'proposal','ahead',NULL,NULL,NULL,NULL,70,NULL,NULL,NULL);
INSERT INTO "phase" VALUES(4,'54f6568b-b128-4949-9ecc-150b7194349a',1,'funding','ahead',NULL,NULL,NULL,NULL,70,NULL,NULL,NULL);
INSERT INTO "phase" VALUES(5,'eeca31ad-cbf3-438b-9c2c-483a06f0a776',1,'implementation','ahead',NULL,NULL,NULL,NULL,70,NULL,NULL,NULL);
INSERT INTO "phase" VALUES(6,'4843fc6a-ccab-423a-9b7b-df18b59be446',1,'evaluation','ahead',NULL,NULL,NULL,NULL,70,NULL,NULL,NULL);
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
INSERT INTO "phase_step" VALUES(1,'8779460f-8ef0-49cb-bd26-7e9109409681',1,1,1,'ka2-or-ka1','Check that KA2 is the right action','KA2 is cooperation of organisations. If only courses, job shadowing or mobility of pupils are wanted, KA1 is simpler. Choose by objectives, not by the amount of money.',NULL);
INSERT INTO "phase_step" VALUES(2,'916cf753-c55a-4faa-964b-15d2be6600d8',1,1,2,'find-partners','Look for partners','Earlier projects on the results platform, your networks, partner databases of agencies.',NULL);
INSERT INTO "phase_step" VALUES(3,'dd054c2b-3e82-464a-89f4-6745853e073f',1,1,3,'check-minimum','Check the minimum of the action','Call 2025: three organisations from three EU or associated countries for KA220, two from two for KA210. The guide of your call decides.',NULL);
INSERT INTO "phase_step" VALUES(4,'9d283f2e-4344-4bf9-8317-e65b34bea896',1,1,4,'collect-identifiers','Collect identifiers and contacts','OID or PIC, legal name as in the register, contact person, somebody to stand in, legal representative, time zone.',NULL);
INSERT INTO "phase_step" VALUES(5,'1031fc47-7860-4c79-bc52-306b963b9029',1,1,5,'agree-roles','Agree who does and leads what','One sentence for each partner: what only this one brings. Newcomers get a named helper.',NULL);
INSERT INTO "phase_step" VALUES(6,'d87c7afd-5bbf-4369-bd9e-676145a3a4d8',1,1,6,'agree-rules','Agree how you decide, meet and part','Write it down now, as a draft of the partnership agreement; later it costs more.',NULL);
INSERT INTO "phase_step" VALUES(7,'38a3dd57-0ad0-43b7-9d01-11647bcb5001',1,2,1,'ask-needs','Ask partners and target groups what they need','Keep the questions and the answers: figures from your own countries convince.',NULL);
INSERT INTO "phase_step" VALUES(8,'58ec046e-b7ab-4381-aca7-63e26be608fb',1,2,2,'choose-priorities','Choose at least one EU priority','One for all fields or one of your field; say in a paragraph how the project serves it. Sport, call 2025: exactly one. Look for national priorities of your agency.',NULL);
INSERT INTO "phase_step" VALUES(9,'0bced3a1-5241-4d16-aee9-1e948ffdb331',1,2,3,'search-results','Look what exists already','Search the results platform and write down what is new in yours.',NULL);
INSERT INTO "phase_step" VALUES(10,'7557f1be-343e-42d9-8b9a-8e6594c4fbc0',1,2,4,'set-objectives','Set few objectives that can be measured','For each an indicator with a starting value, a target and where the value comes from.',NULL);
INSERT INTO "phase_step" VALUES(11,'f6347446-f86f-4088-9080-b844ef91f438',1,2,5,'name-users','Name who will use the results afterwards','Ask some of them before you write.',NULL);
INSERT INTO "phase_step" VALUES(12,'58e5bc1e-764a-4f82-8cfb-cb96a8e4514b',1,3,1,'read-call','Read the guide of this call','Amounts, ceilings and deadlines belong to one call year; none is carried over from the last.',NULL);
INSERT INTO "phase_step" VALUES(13,'cd16945b-4874-41b7-a6ff-acf05073541a',1,3,2,'plan-work','Plan work packages or activities','Each with lead, months and results, spread over the whole time; KA210 has activities only.',NULL);
INSERT INTO "phase_step" VALUES(14,'f2d2daf5-eb71-458e-a337-9ff69f4dde0c',1,3,3,'plan-budget','Make the budget','Parts add up to the grant. KA220, when applying: management takes no more than 20 %.',NULL);
INSERT INTO "phase_step" VALUES(15,'e531889f-3b2a-4794-916f-985a3037bd93',1,3,4,'plan-quality','Outline quality, risks and dissemination','Who checks what and when; what could go wrong; who hears about the results.',NULL);
INSERT INTO "phase_step" VALUES(16,'9ebddbb0-f1fa-42b3-941d-3762208acc32',1,3,5,'read-by-stranger','Let somebody read it who does not know it','With the award criteria in hand. Leave two weeks.',NULL);
INSERT INTO "phase_step" VALUES(17,'ad151cd2-4ead-4a39-983f-b5964fe38796',1,3,6,'submit','Send the application','Call 2025: before 12:00:00 Brussels time at national agencies, 17:00:00 at EACEA. Better a day early; the last version sent counts. Keep receipt and PDF.',NULL);
INSERT INTO "phase_step" VALUES(18,'a1ef2028-6207-4d6f-9496-a5761af89674',1,4,1,'answer-remarks','Share the result and answer the remarks','Every remark of the experts gets an owner.',NULL);
INSERT INTO "phase_step" VALUES(19,'d1e0daf0-7e34-4797-a58f-1495d5e7af5e',1,4,2,'forms-validated','Get the forms accepted','Legal entity form for all, financial identification form for the coordinator; more papers may be asked above 60 000 euros.',NULL);
INSERT INTO "phase_step" VALUES(20,'ed324c1a-6fa2-4ee5-9207-f308691d589c',1,4,3,'enter-data-sheet','Enter the dates of your data sheet','Start, end, reports and payments as your own agreement has them. Leave blank what it does not name.',NULL);
INSERT INTO "phase_step" VALUES(21,'cb7cfa44-0306-4476-bf64-795cc0460cea',1,4,4,'sign-partnership','Sign the partnership agreement with each partner','Before any money moves. It is usually not sent in, but may have to be shown at a check.',NULL);
INSERT INTO "phase_step" VALUES(22,'5b60b8c8-683b-49dd-ad33-46f984bd085b',1,4,5,'first-payment','Receive the first pre-financing','Normally within 30 days of the last signature; it can come in parts, or after a guarantee.',NULL);
INSERT INTO "phase_step" VALUES(23,'e996cef8-e099-471f-8c6c-c7a3afd522ee',1,4,6,'prepare-start','Prepare the start','Access to the tools for two people, files, visibility kit, kick-off date.',NULL);
INSERT INTO "phase_step" VALUES(24,'0a977c7f-05ff-46d6-9e2e-88ce26d28523',1,5,1,'kick-off','Hold the kick-off meeting','Roles, calendar, reporting rules, templates, visibility. Good practice: minutes within ten days.',NULL);
INSERT INTO "phase_step" VALUES(25,'db2b1aa9-eb00-4038-a199-5dd12a9b85c1',1,5,2,'keep-rhythm','Keep a rhythm of meetings','Often monthly online and a project meeting every four to six months; what is agreed becomes a task.',NULL);
INSERT INTO "phase_step" VALUES(26,'2d9eb7fe-5892-4880-8754-6a33545bf6b9',1,5,3,'collect-proof','Collect proof as things happen','Payment follows work that was done and can be shown, not receipts. Online: a participant list or screenshot stands for signatures; photos need consent.',NULL);
INSERT INTO "phase_step" VALUES(27,'3c14545f-a71f-478d-9e2f-00354a1b87f1',1,5,4,'watch-plan','Compare with the plan every month','Late, silent or changed: talk at once.',NULL);
INSERT INTO "phase_step" VALUES(28,'23c30543-112a-4960-a3d8-b78ad150e901',1,5,5,'ask-changes','Ask for changes in good time','Partners, duration, work plan, bank account. Usually at the latest one month before the end; ask your agency.',NULL);
INSERT INTO "phase_step" VALUES(29,'56a0f9f9-7232-47cf-8b8f-56209ad7359b',1,5,6,'report-on-way','Report on the way, where asked','Some agreements want a progress or periodic report, some want none. The data sheet says.',NULL);
INSERT INTO "phase_step" VALUES(30,'11a7b8b8-93c5-497f-9d2b-cee2ed546aa8',1,5,7,'pay-partners','Pay the partners as agreed','Compare planned and used regularly; good practice is every quarter.',NULL);
INSERT INTO "phase_step" VALUES(31,'e6c17ec3-591b-4183-8817-37da0468e561',1,6,1,'measure-start','Measure where you start','Starting values in the first months; without them no change can be shown.',NULL);
INSERT INTO "phase_step" VALUES(32,'fdd03ce9-f922-4409-add8-eabd1824ad5f',1,6,2,'log-sharing','Note every act of sharing as it happens','Date, partner, channel, public, number reached, proof. Emblem and disclaimer on everything.',NULL);
INSERT INTO "phase_step" VALUES(33,'708a4eb7-2e2f-4a83-89f2-d909133b8972',1,6,3,'half-way','Take stock half-way','Partners judge work and cooperation; conclusions go into the minutes.',NULL);
INSERT INTO "phase_step" VALUES(34,'a989a650-35d6-464a-8433-92d0424c92f7',1,6,4,'upload-drafts','Put results on the results platform as drafts','Early, with description and language; a missing translation is then seen in time.',NULL);
INSERT INTO "phase_step" VALUES(35,'3af3113e-2119-4477-bae4-79ea4ed04f54',1,6,5,'send-for-review','Send the results for review','Possible only after the project end, or once the final report is in; do it before the report, since they are judged together.',NULL);
INSERT INTO "phase_step" VALUES(36,'dce053cb-f873-4438-be19-edf99124a4f9',1,6,6,'final-report','Send the final report','By the date in your agreement, normally within 60 calendar days of the end. Partners send their part four weeks before; your own date is two weeks before.',NULL);
INSERT INTO "phase_step" VALUES(37,'451959f0-44d8-43a6-a09f-4d5f4a6c6ef7',1,6,7,'archive','Settle the money and close the archive','Keep papers at least 5 years after the final payment, at least 3 where the grant is no more than 60 000 euros; checks and national law can make it longer.',NULL);
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
INSERT INTO "project" VALUES(1,'1f18dd81-f47d-465b-abe5-62cbdf1572dd','OLD','A project of the third tables',NULL,NULL,NULL,NULL,NULL,'work_packages',NULL,NULL,NULL,NULL,NULL,NULL,'EUR',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
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
INSERT INTO "task" VALUES(1,'e49f81da-ddf2-4fc7-83fd-c2d93258dbc3',1,NULL,'Send minutes',NULL,NULL,NULL,NULL,NULL,'2026-03-01',NULL,'day','done',NULL,'2026-02-01','normal',NULL,NULL,0,NULL,NULL,NULL,NULL);
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
