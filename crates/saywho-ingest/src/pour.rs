//! Inputs to pieces, one by one: what an input is, and how deep it may hold others.
//!
//! Containers lend their entries only while they are read, so pieces are handed to a function as they come
//! instead of being asked for; nothing but the piece at hand is in memory.

use std::fs::File;
use std::io::{self, BufReader, Cursor, Read, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::path::Path;

use crate::bytes::Counted;
use crate::format::HEAD;
#[cfg(feature = "parquet")]
use crate::parquet;
use crate::piece::{Piece, Shape, about, settle_date};
use crate::total::{Metered, Packed, Total};
use crate::unpack::{self, Packing, Starts, Unpacked};
use crate::{Format, IngestError, Options, Reason, archive, bytes, feed, ids, json, mail, table, warc};

/// Whether to go on: a receiver that has enough breaks.
pub type Flow = ControlFlow<()>;

const BUFFER: usize = 64 << 10;

/// Hands on every piece of a file and an error for every part that cannot be read, in order.
///
/// A file that holds one document gives one piece. [`Piece::document`] makes documents of them.
pub fn pieces_in_file(
    path: &Path,
    options: &Options,
    take: &mut dyn FnMut(Result<Piece, IngestError>) -> Flow,
) -> Flow {
    let name = path.display().to_string();
    let place = Place {
        id: ids::stem(Some(&name)),
        source: Some(name.clone()),
        file: Some(name.clone()),
        name,
        format: options.forced_format(),
        ..Place::default()
    };
    let begun = File::open(path).and_then(|mut file| {
        let mut dictionary = Vec::new();
        if options.from > 0 {
            dictionary = unpack::dictionary(&mut file)?.0;
            file.seek(SeekFrom::Start(options.from))?;
        }
        Ok((dictionary, file))
    });
    // A pipe has a path too, but no end to read a ZIP archive from.
    let seekable = begun.as_ref().ok().and_then(|(_, file)| file.try_clone().ok());
    let mut seekable = seekable.filter(|file| file.metadata().is_ok_and(|about| about.is_file()));
    pour(begun, seekable.as_mut(), place, options, take)
}

/// The same for a stream such as standard input; `name` becomes the id and stands in messages.
pub fn pieces_in_stream(
    stream: impl Read,
    name: &str,
    options: &Options,
    take: &mut dyn FnMut(Result<Piece, IngestError>) -> Flow,
) -> Flow {
    let place = Place { id: name.into(), name: name.into(), format: options.forced_format(), ..Place::default() };
    pour(skip_to(stream, options.from), None, place, options, take)
}

/// The same for bytes; `source` is the path or address they came from.
pub fn pieces_in_bytes(
    bytes: &[u8],
    source: Option<&str>,
    options: &Options,
    take: &mut dyn FnMut(Result<Piece, IngestError>) -> Flow,
) -> Flow {
    let place = Place {
        name: source.unwrap_or("input").into(),
        id: ids::stem(source),
        source: source.map(str::to_owned),
        file: source.map(str::to_owned),
        format: options.forced_format(),
        ..Place::default()
    };
    pour(skip_to(bytes, options.from), None, place, options, take)
}

/// The stream behind so many bytes, with the dictionary that it may need.
fn skip_to<R: Read>(mut stream: R, from: u64) -> io::Result<(Vec<u8>, R)> {
    let mut dictionary = Vec::new();
    if from > 0 {
        let read;
        (dictionary, read) = unpack::dictionary(&mut stream)?;
        io::copy(&mut (&mut stream).take(from.saturating_sub(read)), &mut io::sink())?;
    }
    Ok((dictionary, stream))
}

/// Hands on what an input holds from [`Options::from`] on: `begun` is the dictionary it began with, and the rest.
fn pour(
    begun: io::Result<(Vec<u8>, impl Read)>,
    file: Option<&mut File>,
    place: Place,
    options: &Options,
    take: &mut dyn FnMut(Result<Piece, IngestError>) -> Flow,
) -> Flow {
    let before = begun.as_ref().map_or(0, |(dictionary, _)| dictionary.len() as u64);
    let total = Total::new(&options.limits);
    let mut pour = Pour { options, take, given: 0, from: options.from.saturating_sub(before), total: total.clone() };
    match begun {
        Ok((dictionary, rest)) => {
            // Of a file the size is known before it is read, and a ZIP archive is read past the stream.
            let size = file.as_ref().and_then(|file| Some(file.metadata().ok()?.len()));
            total.add_packed(size.unwrap_or(0));
            let rest = Packed(rest, if size.is_some() { Total::default() } else { total });
            pour.stream(file, Cursor::new(dictionary).chain(rest), place)
        }
        Err(error) => pour.fail(&place, Reason::Unreadable(error)),
    }
}

/// Where an input lies.
#[derive(Debug, Clone, Default)]
pub(crate) struct Place {
    /// For messages: `news.zip: a.html`.
    pub(crate) name: String,
    /// The id of a document that is all of it, and how those of its parts begin.
    pub(crate) id: String,
    /// The path or address.
    pub(crate) source: Option<String>,
    /// The outermost file.
    pub(crate) file: Option<String>,
    /// The format, where it need not be told from the content.
    pub(crate) format: Option<Format>,
    /// How many containers it lies in, compression counted.
    depth: usize,
    /// Whether it is part of an archive.
    inside: bool,
}

impl Place {
    /// An entry of an archive that lies here.
    pub(crate) fn entry(&self, name: &str) -> Place {
        Place {
            name: format!("{}: {name}", self.name),
            id: ids::stem(Some(name)),
            source: Some(self.file.as_ref().map_or_else(|| name.to_owned(), |file| format!("{file}/{name}"))),
            file: self.file.clone(),
            format: None,
            depth: self.depth,
            inside: true,
        }
    }
}

impl Place {
    /// Whether it is part of an archive.
    pub(crate) fn is_inside(&self) -> bool {
        self.inside
    }

    /// A message of a mailbox that lies here.
    pub(crate) fn message(&self, name: String, number: u64) -> Place {
        Place { name, id: format!("{}-{number}", self.id), ..self.clone() }
    }

    /// What is attached to a message that lies here: an entry of it, a layer deeper.
    pub(crate) fn attachment(&self, name: &str) -> Place {
        Place { id: format!("{}-{}", self.id, ids::stem(Some(name))), depth: self.depth + 1, ..self.entry(name) }
    }
}

/// How a position in what is read becomes a byte of the file, from which a later run can go on.
pub(crate) enum Offsets {
    /// Read as it lies there, beginning at this byte.
    Plain(u64),
    /// Unpacked; the compressed bytes begin at this byte.
    Packed(u64, Starts),
    /// It lies within an archive.
    Nowhere,
}

impl Offsets {
    /// To be asked with growing positions.
    pub(crate) fn of(&self, position: u64) -> Option<u64> {
        match self {
            Offsets::Plain(from) => Some(from + position),
            Offsets::Packed(from, starts) => Some(from + starts.packed(position)),
            Offsets::Nowhere => None,
        }
    }
}

/// The way of an input to its receiver.
pub(crate) struct Pour<'t> {
    pub(crate) options: &'t Options,
    take: &'t mut dyn FnMut(Result<Piece, IngestError>) -> Flow,
    /// How many pieces and errors were handed on.
    given: u64,
    /// Where in the file what is read would begin if it were all of a piece: a dictionary is put before it.
    from: u64,
    /// What came out of all archives.
    pub(crate) total: Total,
}

impl Pour<'_> {
    /// Hands on a piece of a container, and what is wrong with the date that this tells of it.
    pub(crate) fn give(&mut self, mut piece: Piece) -> Flow {
        self.given += 1;
        let settled = settle_date(&mut piece.about);
        let name = piece.name.clone();
        (self.take)(Ok(piece))?;
        match settled {
            Ok(()) => Flow::Continue(()),
            Err(reason) => (self.take)(Err(IngestError::new(name, reason))),
        }
    }

    /// Hands on an error.
    pub(crate) fn fail(&mut self, place: &Place, reason: Reason) -> Flow {
        self.fail_at(place.name.clone(), reason)
    }

    /// Hands on an error of a part that has a name of its own.
    pub(crate) fn fail_at(&mut self, name: String, reason: Reason) -> Flow {
        self.given += 1;
        (self.take)(Err(IngestError::new(name, reason)))
    }

    /// All that a stream holds. `file` is the same as a file, where it is one: a ZIP archive is read from its end.
    pub(crate) fn stream(&mut self, file: Option<&mut File>, mut input: impl Read, place: Place) -> Flow {
        if place.depth > self.options.limits.depth {
            return self.fail(&place, Reason::TooManyLayers { depth: self.options.limits.depth });
        }
        let mut head = Vec::new();
        if let Err(error) = (&mut input).take(HEAD as u64).read_to_end(&mut head) {
            let reason = match error.get_ref() {
                Some(_) => Reason::of(error),
                None => Reason::Unreadable(error),
            };
            return self.fail(&place, reason);
        }
        let from = self.from;
        let packing = Packing::of(&head);
        let plain = if place.inside { Offsets::Nowhere } else { Offsets::Plain(from) };
        let format = place.format;
        // Boxed, since each layer would be a type of its own otherwise, without end.
        let input: Box<dyn Read + '_> = Box::new(Cursor::new(head.clone()).chain(input));
        match packing {
            None => self.contents(file, &head, input, format, plain, &place),
            Some(packing) => {
                let unpacked = Unpacked::new(BufReader::with_capacity(BUFFER, input), packing, &self.options.limits);
                let offsets = if place.inside { plain } else { Offsets::Packed(from, unpacked.starts()) };
                let metered = Metered(unpacked, self.total.clone());
                self.unpacked(metered, offsets, Place { depth: place.depth + 1, ..place })
            }
        }
    }

    /// What was compressed; compressed twice it is a layer more.
    fn unpacked(&mut self, mut input: impl Read, offsets: Offsets, place: Place) -> Flow {
        let mut head = Vec::new();
        // An error behind the first bytes comes up again where they are read on.
        let begun = (&mut input).take(HEAD as u64).read_to_end(&mut head);
        if let (true, Err(error)) = (head.is_empty(), begun) {
            return self.fail(&place, Reason::of(error));
        }
        if Packing::of(&head).is_some() {
            let whole: Box<dyn Read + '_> = Box::new(Cursor::new(head).chain(input));
            return self.stream(None, whole, Place { inside: true, ..place });
        }
        let format = place.format;
        let id = place.id.clone();
        let inner = Format::of(&head, self.options);
        // `report.html.gz`: the ending of the packed name is not the document's.
        let id = if matches!(format.unwrap_or(inner), Format::Zip) { id } else { ids::stem(Some(&id)) };
        let place = Place { id: if place.source.is_some() { id } else { place.id.clone() }, ..place };
        let whole: Box<dyn Read + '_> = Box::new(Cursor::new(head.clone()).chain(input));
        self.contents(None, &head, whole, format, offsets, &place)
    }

    fn contents(
        &mut self,
        file: Option<&mut File>,
        head: &[u8],
        input: Box<dyn Read + '_>,
        format: Option<Format>,
        offsets: Offsets,
        place: &Place,
    ) -> Flow {
        let format = format.unwrap_or_else(|| Format::of(head, self.options));
        if self.options.from > 0 && !place.inside && !matches!(format, Format::Warc | Format::Jsonl) {
            return self.fail(place, Reason::NotResumable);
        }
        let before = self.given;
        let kind = match format {
            Format::Text | Format::Html | Format::Markdown | Format::Pdf | Format::Docx | Format::Odt | Format::Rtf => {
                return self.whole(input, format, place);
            }
            Format::Eml => {
                let Some(bytes) = self.all(input, place)? else { return Flow::Continue(()) };
                mail::message(self, bytes, place)?;
                "a message"
            }
            Format::Csv => {
                table::read(self, head, input, place)?;
                "a table"
            }
            Format::Warc => {
                warc::read(self, counted(input), &offsets, place)?;
                "a web archive"
            }
            Format::Jsonl => {
                json::lines(self, counted(input), &offsets, place)?;
                "a file of JSON lines"
            }
            Format::Json => {
                let Some(bytes) = self.all(input, place)? else { return Flow::Continue(()) };
                json::whole(self, &bytes, place)?;
                "a JSON document"
            }
            #[cfg(feature = "parquet")]
            Format::Parquet => {
                match file {
                    Some(file) => parquet::file(self, file, place)?,
                    None => {
                        let Some(bytes) = self.all(input, place)? else { return Flow::Continue(()) };
                        parquet::bytes(self, bytes, place)?;
                    }
                }
                "a Parquet file"
            }
            #[cfg(not(feature = "parquet"))]
            Format::Parquet => {
                self.fail(place, Reason::Binary { kind: "a Parquet file".into() })?;
                "a Parquet file"
            }
            Format::Feed => {
                let Some(bytes) = self.all(input, place)? else { return Flow::Continue(()) };
                feed::read(self, &bytes, place)?;
                "a feed"
            }
            Format::Mbox => {
                mail::mailbox(self, counted(input), place)?;
                "a mailbox"
            }
            Format::Tar => {
                archive::tar(self, input, &deeper(place))?;
                "a TAR archive"
            }
            Format::Zip => {
                match file {
                    Some(file) => archive::zip(self, file, &deeper(place))?,
                    None => {
                        let Some(bytes) = self.all(input, place)? else { return Flow::Continue(()) };
                        archive::zip(self, &mut Cursor::new(bytes), &deeper(place))?;
                    }
                }
                "a ZIP archive"
            }
        };
        match self.given == before {
            true => self.fail(place, Reason::NothingInside { kind }),
            false => Flow::Continue(()),
        }
    }

    /// An input that is one document.
    pub(crate) fn whole(&mut self, input: impl Read, format: Format, place: &Place) -> Flow {
        match self.all(input, place)? {
            Some(bytes) => self.document(bytes, format, place),
            None => Flow::Continue(()),
        }
    }

    /// Hands on the bytes of one document.
    pub(crate) fn document(&mut self, bytes: Vec<u8>, format: Format, place: &Place) -> Flow {
        let about = about(&place.id, place.source.clone(), place.file.as_deref().filter(|_| place.inside), None);
        self.give(Piece {
            name: place.name.clone(),
            bytes,
            shape: Shape::Whole(format),
            about,
            alone: !place.inside,
            ..Piece::default()
        })
    }

    /// All bytes of an input that has to be in memory at once; what is wrong with it is told.
    pub(crate) fn all(&mut self, input: impl Read, place: &Place) -> ControlFlow<(), Option<Vec<u8>>> {
        let limit = self.options.limits.document_bytes;
        let reason = match bytes::all(input, limit) {
            Ok(Some(bytes)) => return ControlFlow::Continue(Some(bytes)),
            Ok(None) => Reason::TooLarge { limit },
            Err(error) => Reason::of_whole(error),
        };
        self.fail(place, reason)?;
        ControlFlow::Continue(None)
    }
}

fn counted<R: Read>(input: R) -> Counted<BufReader<R>> {
    Counted::new(BufReader::with_capacity(BUFFER, input))
}

fn deeper(place: &Place) -> Place {
    Place { depth: place.depth + 1, ..place.clone() }
}
