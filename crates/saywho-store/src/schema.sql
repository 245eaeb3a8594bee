-- Documents and their readings as they are: nothing here is changed by a person's decisions but `laid`.
CREATE TABLE document (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,          -- what makes it this document: its source, else its text
  fingerprint TEXT NOT NULL,         -- of the text and what is told about it: the same means unchanged
  name TEXT NOT NULL,
  title TEXT,
  publisher TEXT,
  published TEXT,
  source TEXT,
  day INTEGER NOT NULL,              -- of publication, 20310402; 20310400 where only the month is known, 0 where nothing is
  added TEXT NOT NULL,
  words INTEGER NOT NULL,
  attributions INTEGER NOT NULL
);
CREATE INDEX document_by_day ON document (day DESC);

CREATE TABLE reading (
  document INTEGER PRIMARY KEY REFERENCES document ON DELETE CASCADE,
  raw TEXT NOT NULL,                 -- as it was read; offsets are bytes
  laid TEXT                          -- with corrections laid over, where there are some
);

-- Everyone of all documents. Rows stay for good, so that a decision about one finds it again.
CREATE TABLE entity (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,          -- what makes it this entity: an identifier, else name and side
  name TEXT NOT NULL,                -- the fullest
  given TEXT,                        -- a person's decision
  names TEXT NOT NULL,               -- all its names in small letters, each between blanks
  kind TEXT NOT NULL,
  side TEXT,
  ids TEXT NOT NULL,
  main INTEGER NOT NULL              -- the entity it was merged into, else itself
);
CREATE INDEX entity_by_main ON entity (main);

-- The entities of each reading.
CREATE TABLE appearance (
  document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
  local TEXT NOT NULL,               -- its id in the reading
  entity INTEGER NOT NULL REFERENCES entity,
  name TEXT NOT NULL,
  role TEXT,
  PRIMARY KEY (document, local)
) WITHOUT ROWID;
CREATE INDEX appearance_by_entity ON appearance (entity, document);

CREATE TABLE attribution (
  id INTEGER PRIMARY KEY,            -- document * 1048576 + place in the reading
  document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
  local TEXT NOT NULL,
  day INTEGER NOT NULL,
  speaker INTEGER REFERENCES entity,
  addressee INTEGER REFERENCES entity,
  act TEXT NOT NULL,
  polarity TEXT NOT NULL,
  type TEXT NOT NULL,
  inside TEXT,
  via TEXT,
  source TEXT NOT NULL,
  cue TEXT NOT NULL,
  content TEXT NOT NULL,
  words INTEGER NOT NULL,
  start INTEGER NOT NULL,            -- of the content, in code points
  end INTEGER NOT NULL,
  confidence REAL NOT NULL
);
-- What facets count stands in one index; questions by day, speaker and addressee have their own.
CREATE INDEX attribution_counts ON attribution (day DESC, id, speaker, document, act, type, inside, words);
CREATE INDEX attribution_by_speaker ON attribution (speaker, day DESC, words);
CREATE INDEX attribution_by_addressee ON attribution (addressee);
CREATE INDEX attribution_by_document ON attribution (document);

CREATE VIRTUAL TABLE found USING fts5 (
  content, content = 'attribution', content_rowid = 'id', tokenize = 'porter unicode61 remove_diacritics 2'
);
CREATE TRIGGER attribution_added AFTER INSERT ON attribution BEGIN
  INSERT INTO found (rowid, content) VALUES (new.id, new.content);
END;
CREATE TRIGGER attribution_gone AFTER DELETE ON attribution BEGIN
  INSERT INTO found (found, rowid, content) VALUES ('delete', old.id, old.content);
END;

CREATE TABLE conversation (
  document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
  local TEXT NOT NULL,
  day INTEGER NOT NULL,
  medium TEXT NOT NULL,
  PRIMARY KEY (document, local)
) WITHOUT ROWID;
CREATE INDEX conversation_by_day ON conversation (day DESC);
CREATE TABLE participant (
  document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
  conversation TEXT NOT NULL,
  place INTEGER NOT NULL,
  entity INTEGER NOT NULL REFERENCES entity,
  PRIMARY KEY (document, conversation, place)
) WITHOUT ROWID;

-- What persons decided, also what was undone.
CREATE TABLE correction (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  document INTEGER REFERENCES document ON DELETE CASCADE,
  body TEXT NOT NULL,
  anchor TEXT,                       -- the passage it is about, to be found again in another reading
  touches TEXT NOT NULL DEFAULT '[]',-- ids of the attributions it is laid over now
  applied INTEGER NOT NULL DEFAULT 1,
  who TEXT,
  made TEXT NOT NULL,
  undone_by TEXT,
  undone TEXT
);
CREATE INDEX correction_by_document ON correction (document);
