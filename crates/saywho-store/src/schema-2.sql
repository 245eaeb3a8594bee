-- Who reports whom, so that tables of what was found tell it.
ALTER TABLE attribution ADD COLUMN chain TEXT NOT NULL DEFAULT '[]'; -- numbers of entities, from the outermost to the speaker

-- What is needed to read a document again as well as it was read first, and to know when that is worth while.
ALTER TABLE reading ADD COLUMN version TEXT;                        -- of the saywho that read it; nothing before this was noted
ALTER TABLE reading ADD COLUMN units TEXT NOT NULL DEFAULT '[]';     -- what its format sets apart from the running text
