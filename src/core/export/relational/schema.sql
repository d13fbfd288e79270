-- A Tain project as plain tables, for R, Python and SQL. Positions are Unicode code points of documents.text, half-open, from 0.
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE phases (id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, name TEXT NOT NULL, position INTEGER NOT NULL);
CREATE TABLE coders (id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, name TEXT NOT NULL);
CREATE TABLE cases (
  id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, name TEXT NOT NULL, kind TEXT NOT NULL,
  parent_id INTEGER REFERENCES cases(id), family_id INTEGER NOT NULL REFERENCES cases(id));
CREATE TABLE documents (
  id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, title TEXT NOT NULL, file TEXT NOT NULL,
  phase_id INTEGER REFERENCES phases(id), family_id INTEGER REFERENCES cases(id),
  n_chars INTEGER NOT NULL, n_words INTEGER NOT NULL, text TEXT NOT NULL);
CREATE TABLE document_cases (
  document_id INTEGER NOT NULL REFERENCES documents(id), case_id INTEGER NOT NULL REFERENCES cases(id), PRIMARY KEY (document_id, case_id));
CREATE TABLE speakers (
  id INTEGER PRIMARY KEY, document_id INTEGER NOT NULL REFERENCES documents(id), position INTEGER NOT NULL, label TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('participant', 'interviewer')), case_id INTEGER REFERENCES cases(id));
CREATE TABLE turns (
  id INTEGER PRIMARY KEY, document_id INTEGER NOT NULL REFERENCES documents(id), position INTEGER NOT NULL,
  start_char INTEGER NOT NULL, said_char INTEGER NOT NULL, end_char INTEGER NOT NULL,
  speaker_id INTEGER REFERENCES speakers(id), at_millis INTEGER);
CREATE TABLE attributes (
  id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, name TEXT NOT NULL, definition TEXT NOT NULL,
  belongs_to TEXT NOT NULL CHECK (belongs_to IN ('cases', 'documents', 'coders')),
  type TEXT NOT NULL CHECK (type IN ('text', 'number', 'date', 'yes/no', 'category')), per_phase INTEGER NOT NULL, position INTEGER NOT NULL);
CREATE TABLE attribute_categories (
  attribute_id INTEGER NOT NULL REFERENCES attributes(id), position INTEGER NOT NULL, value TEXT NOT NULL, PRIMARY KEY (attribute_id, position));
CREATE TABLE case_values (
  case_id INTEGER NOT NULL REFERENCES cases(id), attribute_id INTEGER NOT NULL REFERENCES attributes(id), phase_id INTEGER REFERENCES phases(id),
  state TEXT NOT NULL CHECK (state IN ('value', 'not asked', 'missing')), value TEXT, number REAL);
CREATE TABLE document_values (
  document_id INTEGER NOT NULL REFERENCES documents(id), attribute_id INTEGER NOT NULL REFERENCES attributes(id), phase_id INTEGER REFERENCES phases(id),
  state TEXT NOT NULL CHECK (state IN ('value', 'not asked', 'missing')), value TEXT, number REAL);
CREATE TABLE coder_values (
  coder_id INTEGER NOT NULL REFERENCES coders(id), attribute_id INTEGER NOT NULL REFERENCES attributes(id),
  state TEXT NOT NULL CHECK (state IN ('value', 'not asked', 'missing')), value TEXT, number REAL);
CREATE TABLE codes (
  id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, name TEXT NOT NULL, path TEXT NOT NULL, parent_id INTEGER REFERENCES codes(id),
  theme_id INTEGER NOT NULL REFERENCES codes(id), position INTEGER NOT NULL, depth INTEGER NOT NULL, colour TEXT NOT NULL, key TEXT,
  definition TEXT NOT NULL, apply_when TEXT NOT NULL, not_when TEXT NOT NULL);
CREATE TABLE code_translations (
  code_id INTEGER NOT NULL REFERENCES codes(id), language TEXT NOT NULL, field TEXT NOT NULL CHECK (field IN ('name', 'definition', 'apply_when', 'not_when')),
  text TEXT NOT NULL, PRIMARY KEY (code_id, language, field));
CREATE TABLE code_examples (code_id INTEGER NOT NULL REFERENCES codes(id), position INTEGER NOT NULL, language TEXT NOT NULL, text TEXT NOT NULL);
CREATE TABLE code_indicators (code_id INTEGER NOT NULL REFERENCES codes(id), position INTEGER NOT NULL, language TEXT NOT NULL, expression TEXT NOT NULL);
CREATE TABLE facets (
  id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, code_id INTEGER NOT NULL REFERENCES codes(id), name TEXT NOT NULL,
  type TEXT NOT NULL CHECK (type IN ('category', 'intensity', 'text', 'yes/no')));
CREATE TABLE facet_categories (facet_id INTEGER NOT NULL REFERENCES facets(id), position INTEGER NOT NULL, value TEXT NOT NULL, PRIMARY KEY (facet_id, position));
CREATE TABLE codings (
  id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, document_id INTEGER NOT NULL REFERENCES documents(id), code_id INTEGER NOT NULL REFERENCES codes(id),
  coder_id INTEGER NOT NULL REFERENCES coders(id), turn_id INTEGER REFERENCES turns(id),
  start_char INTEGER NOT NULL, end_char INTEGER NOT NULL CHECK (end_char > start_char), quote TEXT NOT NULL, origin TEXT NOT NULL, made TEXT);
CREATE TABLE coding_facets (
  coding_id INTEGER NOT NULL REFERENCES codings(id), facet_id INTEGER NOT NULL REFERENCES facets(id), value TEXT NOT NULL, number REAL,
  PRIMARY KEY (coding_id, facet_id));
-- Whom a coding is about, by the coder's word.
CREATE TABLE coding_about (
  coding_id INTEGER NOT NULL REFERENCES codings(id), case_id INTEGER NOT NULL REFERENCES cases(id), PRIMARY KEY (coding_id, case_id));
-- Whom a coding is given to: those named by the coder; otherwise the persons who speak, without those who ask; otherwise the document's
-- only person or family. A coding without a row is not attributed.
CREATE TABLE coding_concerned (
  coding_id INTEGER NOT NULL REFERENCES codings(id), case_id INTEGER NOT NULL REFERENCES cases(id),
  ground TEXT NOT NULL CHECK (ground IN ('named', 'speaking', 'document')), PRIMARY KEY (coding_id, case_id));
-- What memos stand on, links join and sets hold. Which columns are filled follows from the type.
CREATE TABLE anchors (
  id INTEGER PRIMARY KEY, type TEXT NOT NULL CHECK (type IN ('project', 'document', 'segment', 'case', 'code', 'coding', 'memo', 'cell')),
  document_id INTEGER REFERENCES documents(id), start_char INTEGER, end_char INTEGER, case_id INTEGER REFERENCES cases(id),
  code_id INTEGER REFERENCES codes(id), coding_id INTEGER REFERENCES codings(id), memo_id INTEGER REFERENCES memos(id));
CREATE TABLE memos (
  id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, title TEXT NOT NULL, body TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('analytic', 'method', 'reflexive')), coder_id INTEGER REFERENCES coders(id),
  anchor_id INTEGER NOT NULL REFERENCES anchors(id));
CREATE TABLE links (
  id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
  from_anchor_id INTEGER NOT NULL REFERENCES anchors(id), to_anchor_id INTEGER NOT NULL REFERENCES anchors(id));
CREATE TABLE sets (id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, name TEXT NOT NULL, description TEXT NOT NULL);
CREATE TABLE set_members (
  set_id INTEGER NOT NULL REFERENCES sets(id), anchor_id INTEGER NOT NULL REFERENCES anchors(id), PRIMARY KEY (set_id, anchor_id));
CREATE TABLE attachments (id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, name TEXT NOT NULL, kind TEXT NOT NULL, file TEXT NOT NULL, n_bytes INTEGER NOT NULL);

CREATE INDEX codings_by_document ON codings(document_id, start_char);
CREATE INDEX codings_by_code ON codings(code_id);
CREATE INDEX turns_by_document ON turns(document_id, position);
CREATE INDEX anchors_by_coding ON anchors(coding_id);
CREATE INDEX memos_by_anchor ON memos(anchor_id);

-- One row a coding, with the names of all that it belongs to.
CREATE VIEW v_codings AS
SELECT c.id AS coding_id, d.title AS document,
  (SELECT group_concat(name, '; ') FROM (SELECT k.name FROM document_cases dk JOIN cases k ON k.id = dk.case_id WHERE dk.document_id = d.id ORDER BY k.id)) AS cases,
  (SELECT group_concat(name, '; ') FROM (SELECT DISTINCT fam.id, fam.name FROM coding_concerned cc JOIN cases x ON x.id = cc.case_id JOIN cases fam ON fam.id = x.family_id WHERE cc.coding_id = c.id ORDER BY fam.id)) AS family,
  (SELECT group_concat(name, '; ') FROM (SELECT x.name FROM coding_concerned cc JOIN cases x ON x.id = cc.case_id WHERE cc.coding_id = c.id ORDER BY x.id)) AS concerned,
  p.name AS phase, s.label AS speaker, person.name AS person, t.position AS turn, t.at_millis, r.name AS coder,
  theme.name AS theme, k.name AS code, k.path AS code_path, c.start_char, c.end_char, c.quote,
  (SELECT group_concat(body, char(10)) FROM (SELECT m.body FROM anchors a JOIN memos m ON m.anchor_id = a.id WHERE a.coding_id = c.id AND a.type = 'coding' ORDER BY m.id)) AS memo,
  c.origin, c.made
FROM codings c JOIN documents d ON d.id = c.document_id JOIN codes k ON k.id = c.code_id JOIN codes theme ON theme.id = k.theme_id
  JOIN coders r ON r.id = c.coder_id LEFT JOIN phases p ON p.id = d.phase_id
  LEFT JOIN turns t ON t.id = c.turn_id LEFT JOIN speakers s ON s.id = t.speaker_id LEFT JOIN cases person ON person.id = s.case_id
ORDER BY c.id;

-- A case and each case above it, itself included.
CREATE VIEW v_case_above AS
WITH RECURSIVE up(case_id, above_id) AS (
  SELECT id, id FROM cases UNION ALL SELECT up.case_id, x.parent_id FROM up JOIN cases x ON x.id = up.above_id WHERE x.parent_id IS NOT NULL)
SELECT case_id, above_id FROM up;

-- How often each code, by itself, comes up in codings that are given to each case or one below it; 0 where it doesn't. Cases that took
-- part in no document and that no coding is about aren't there. Each coder's codings count.
CREATE VIEW v_code_case AS
SELECT x.name AS case_name, fam.name AS family, k.path AS code_path, k.name AS code, COALESCE(n.n_codings, 0) AS n_codings, COALESCE(n.n_documents, 0) AS n_documents
FROM (SELECT DISTINCT a.above_id AS case_id FROM v_case_above a WHERE a.case_id IN (
    SELECT case_id FROM document_cases UNION SELECT case_id FROM speakers WHERE role = 'participant' AND case_id IS NOT NULL UNION SELECT case_id FROM coding_concerned)) here
  JOIN cases x ON x.id = here.case_id JOIN cases fam ON fam.id = x.family_id CROSS JOIN codes k
  LEFT JOIN (SELECT case_id, code_id, COUNT(*) AS n_codings, COUNT(DISTINCT document_id) AS n_documents
    FROM (SELECT DISTINCT a.above_id AS case_id, c.id, c.code_id, c.document_id
      FROM codings c JOIN coding_concerned cc ON cc.coding_id = c.id JOIN v_case_above a ON a.case_id = cc.case_id)
    GROUP BY case_id, code_id) n
  ON n.case_id = x.id AND n.code_id = k.id
ORDER BY x.id, k.position;

-- Values of cases by name, one row a value.
CREATE VIEW v_case_values AS
SELECT x.name AS case_name, x.kind, a.name AS attribute, p.name AS phase, v.state, v.value, v.number
FROM case_values v JOIN cases x ON x.id = v.case_id JOIN attributes a ON a.id = v.attribute_id LEFT JOIN phases p ON p.id = v.phase_id
ORDER BY x.id, a.position, p.position;

-- Values of coders by name, one row a value.
CREATE VIEW v_coder_values AS
SELECT r.name AS coder, a.name AS attribute, v.state, v.value, v.number
FROM coder_values v JOIN coders r ON r.id = v.coder_id JOIN attributes a ON a.id = v.attribute_id
ORDER BY r.id, a.position;
