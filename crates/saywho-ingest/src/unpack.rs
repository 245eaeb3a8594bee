//! Compressed streams: gzip and zstd, of any number of members.
//!
//! Web archives compress each record by itself, so that one can begin at any of them; [`Starts`] remembers where
//! members begin. Behind damage the next member is looked for.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

use flate2::bufread::GzDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, Dictionary, FrameDecoder};

use crate::bytes::{self, Counted};
use crate::{Limits, Reason};

/// So much may come out of any input, however small, before its ratio counts.
const FREE: u64 = 64 << 20;

/// The largest window a zstd frame may ask for; web archives use 8 MiB at most.
const WINDOW: u64 = 32 << 20;

/// The largest dictionary of a zstd web archive.
const DICTIONARY: u64 = 16 << 20;

/// The skippable frame that holds the dictionary of a `.warc.zst` file.
const DICTIONARY_FRAME: u32 = 0x184d_2a5d;

/// How a stream is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Packing {
    Gzip,
    Zstd,
}

impl Packing {
    /// The compression of a stream that begins so.
    pub(crate) fn of(head: &[u8]) -> Option<Packing> {
        match head {
            [0x1f, 0x8b, 8, ..] => Some(Packing::Gzip),
            [0x28, 0xb5, 0x2f, 0xfd, ..] | [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => Some(Packing::Zstd),
            _ => None,
        }
    }
}

/// Where members begin: bytes of the unpacked stream with the bytes of the packed one.
#[derive(Debug, Clone, Default)]
pub(crate) struct Starts(Rc<RefCell<VecDeque<(u64, u64)>>>);

impl Starts {
    /// Where in the packed stream the member begins that holds this byte of the unpacked one. To be asked with
    /// growing bytes, since what lies before is forgotten.
    pub(crate) fn packed(&self, unpacked: u64) -> u64 {
        let mut starts = self.0.borrow_mut();
        while starts.get(1).is_some_and(|next| next.0 <= unpacked) {
            starts.pop_front();
        }
        starts.front().map_or(0, |start| start.1)
    }

    fn add(&self, unpacked: u64, packed: u64) {
        self.0.borrow_mut().push_back((unpacked, packed));
    }
}

/// The unpacked bytes of a stream. An error is told once; reading on goes on at the next sound member.
pub(crate) struct Unpacked<R: BufRead> {
    state: State<R>,
    zstd: Option<Box<FrameDecoder>>,
    starts: Starts,
    ratio: u64,
    unpacked: u64,
    /// Whether the next member has to be looked for, behind damage.
    lost: bool,
}

enum State<R: BufRead> {
    Between(Counted<R>),
    Gzip(Box<GzDecoder<Counted<R>>>),
    Zstd(Counted<R>),
    Ended,
}

impl<R: BufRead> Unpacked<R> {
    pub(crate) fn new(input: R, packing: Packing, limits: &Limits) -> Unpacked<R> {
        let zstd = (packing == Packing::Zstd).then(|| {
            let mut decoder = FrameDecoder::new();
            decoder.set_max_window_size(WINDOW);
            Box::new(decoder)
        });
        let state = State::Between(Counted::new(input));
        Unpacked { state, zstd, starts: Starts::default(), ratio: limits.ratio, unpacked: 0, lost: false }
    }

    /// The places where members begin, as they become known.
    pub(crate) fn starts(&self) -> Starts {
        self.starts.clone()
    }

    /// Begins the next member, or ends.
    fn begin(&mut self, mut input: Counted<R>) -> io::Result<()> {
        let magic: &[u8] = if self.zstd.is_some() { &[0x28, 0xb5, 0x2f, 0xfd] } else { &[0x1f, 0x8b, 8] };
        if self.lost {
            seek(&mut input, magic)?;
        }
        let at = input.count();
        let head = input.fill_buf()?;
        if head.is_empty() {
            return Ok(());
        }
        let (state, at) = match &mut self.zstd {
            // Tapes and some tools fill up with zeros.
            None if head.iter().all(|&b| b == 0) => return Ok(()),
            None if head[0] != magic[0] => {
                self.lost = true;
                self.state = State::Between(input);
                return Err(damaged("something else stands behind compressed data"));
            }
            None => (State::Gzip(Box::new(GzDecoder::new(input))), at),
            Some(decoder) => match begin_frame(&mut input, decoder) {
                Ok(Some(at)) => (State::Zstd(input), at),
                Ok(None) => return Ok(()),
                Err(error) => {
                    self.lost = true;
                    self.state = State::Between(input);
                    return Err(error);
                }
            },
        };
        self.state = state;
        self.starts.add(self.unpacked, at);
        Ok(())
    }

    fn read_member(&mut self, target: &mut [u8]) -> io::Result<usize> {
        match (&mut self.state, &mut self.zstd) {
            (State::Gzip(decoder), _) => decoder.read(target),
            (State::Zstd(input), Some(decoder)) => read_frame(input, decoder, target),
            _ => Ok(0),
        }
    }

    /// The input, when a member is over.
    fn leave(&mut self) -> Option<Counted<R>> {
        match std::mem::replace(&mut self.state, State::Ended) {
            State::Between(input) | State::Zstd(input) => Some(input),
            State::Gzip(decoder) => Some(decoder.into_inner()),
            State::Ended => None,
        }
    }

    fn is_bomb(&self) -> bool {
        let packed = match &self.state {
            State::Between(input) | State::Zstd(input) => input.count(),
            State::Gzip(decoder) => decoder.get_ref().count(),
            State::Ended => return false,
        };
        self.unpacked > FREE && self.unpacked / packed.max(1) > self.ratio
    }
}

impl<R: BufRead> Read for Unpacked<R> {
    fn read(&mut self, target: &mut [u8]) -> io::Result<usize> {
        if target.is_empty() {
            return Ok(0);
        }
        loop {
            if let State::Between(_) = self.state {
                let Some(input) = self.leave() else { return Ok(0) };
                self.begin(input)?;
            }
            match self.read_member(target) {
                Ok(0) => match self.leave() {
                    Some(input) => self.state = State::Between(input),
                    None => return Ok(0),
                },
                Ok(read) => {
                    self.lost = false;
                    self.unpacked += read as u64;
                    if self.is_bomb() {
                        self.state = State::Ended;
                        return Err(Reason::Bomb { ratio: self.ratio }.into_io());
                    }
                    return Ok(read);
                }
                Err(error) => {
                    if let Some(input) = self.leave() {
                        self.state = State::Between(input);
                    }
                    // While the next sound member is looked for, false ones are no news.
                    if !std::mem::replace(&mut self.lost, true) {
                        return Err(error);
                    }
                }
            }
        }
    }
}

fn damaged(what: &str) -> io::Error {
    Reason::Damaged { what: what.into() }.into_io()
}

/// Passes over bytes up to where the magic number stands. One that lies across two buffers is missed.
fn seek<R: BufRead>(input: &mut Counted<R>, magic: &[u8]) -> io::Result<()> {
    loop {
        let buffer = input.fill_buf()?;
        if buffer.is_empty() {
            return Ok(());
        }
        let length = buffer.len();
        let found = buffer.windows(magic.len()).position(|bytes| bytes == magic);
        input.consume(found.unwrap_or(length));
        if found.is_some() {
            return Ok(());
        }
    }
}

/// Begins a frame; skippable ones are skipped but for the dictionary. Tells at which byte it begins, if there is one.
fn begin_frame<R: BufRead>(input: &mut Counted<R>, decoder: &mut FrameDecoder) -> io::Result<Option<u64>> {
    while !input.fill_buf()?.is_empty() {
        let at = input.count();
        match decoder.reset(&mut *input) {
            Ok(()) => return Ok(Some(at)),
            Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame { magic_number, length })) => {
                let length = u64::from(length);
                if magic_number != DICTIONARY_FRAME {
                    input.skip(length)?;
                } else if length <= DICTIONARY {
                    let raw = bytes::all((&mut *input).take(length), DICTIONARY)?.unwrap_or_default();
                    add_dictionary(&raw, decoder)?;
                } else {
                    return Err(damaged("the dictionary is too large"));
                }
            }
            Err(error) => return Err(bad_frame(error)),
        }
    }
    Ok(None)
}

/// The dictionary that a stream begins with, with its frame, or nothing; and how many bytes were read to tell.
pub(crate) fn dictionary(stream: &mut impl Read) -> io::Result<(Vec<u8>, u64)> {
    let mut frame = Vec::new();
    (&mut *stream).take(8).read_to_end(&mut frame)?;
    // A magic number and a length.
    let head = <[u8; 8]>::try_from(frame.as_slice()).map(u64::from_le_bytes).ok();
    let length = head.filter(|head| *head as u32 == DICTIONARY_FRAME).map(|head| head >> 32);
    let Some(length) = length.filter(|length| *length <= DICTIONARY) else {
        return Ok((Vec::new(), frame.len() as u64));
    };
    stream.take(length).read_to_end(&mut frame)?;
    let read = frame.len() as u64;
    Ok((frame, read))
}

/// Adds the dictionary of a `.warc.zst` file, which may be compressed itself.
fn add_dictionary(raw: &[u8], decoder: &mut FrameDecoder) -> io::Result<()> {
    let unpacked;
    let raw = match Packing::of(raw) {
        None => raw,
        Some(_) => {
            let mut own = FrameDecoder::new();
            own.reset(raw).map_err(bad_frame)?;
            let mut rest = raw.get(usize::try_from(own.bytes_read_from_source()).unwrap_or(0)..).unwrap_or_default();
            let mut frame = Vec::new();
            let mut part = [0; 8192];
            loop {
                match read_frame(&mut rest, &mut own, &mut part)? {
                    0 => break,
                    read if frame.len() as u64 > DICTIONARY => return Err(damaged(&format!("{read} bytes too many"))),
                    read => frame.extend_from_slice(&part[..read]),
                }
            }
            unpacked = frame;
            &unpacked
        }
    };
    let dictionary = Dictionary::decode_dict(raw).map_err(|error| damaged(&error.to_string()))?;
    decoder.add_dict(dictionary).map_err(bad_frame)
}

fn read_frame(input: impl Read, decoder: &mut FrameDecoder, target: &mut [u8]) -> io::Result<usize> {
    let mut input = input;
    while decoder.can_collect() == 0 && !decoder.is_finished() {
        decoder.decode_blocks(&mut input, BlockDecodingStrategy::UptoBlocks(1)).map_err(bad_frame)?;
    }
    let read = decoder.read(target)?;
    let told = decoder.get_checksum_from_data();
    match read == 0 && told.is_some() && told != decoder.get_calculated_checksum() {
        true => Err(damaged("the checksum of compressed data is wrong")),
        false => Ok(read),
    }
}

fn bad_frame(error: FrameDecoderError) -> io::Error {
    let text = error.to_string();
    match text.contains("fill whole buffer") {
        true => Reason::Truncated { what: "compressed data".into() }.into_io(),
        false => damaged(&text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use std::io::Write;

    fn gzip(text: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(text).expect("packed");
        encoder.finish().expect("packed")
    }

    fn zstd(text: &[u8]) -> Vec<u8> {
        ruzstd::encoding::compress_to_vec(text, ruzstd::encoding::CompressionLevel::Fastest)
    }

    fn unpacked(bytes: &[u8]) -> Unpacked<&[u8]> {
        Unpacked::new(bytes, Packing::of(bytes).expect("packed"), &Limits::default())
    }

    #[test]
    fn members_are_read_one_after_the_other_and_their_places_known() {
        for pack in [gzip, zstd] {
            let (one, two) = (pack(b"Ilse Maren "), pack(b"agreed."));
            let mut reader = unpacked(&one);
            let mut all = one.clone();
            all.extend(&two);
            let mut whole = unpacked(&all);
            let starts = whole.starts();
            let mut text = String::new();
            whole.read_to_string(&mut text).expect("text");
            assert_eq!(text, "Ilse Maren agreed.");
            assert_eq!([0, 10, 11, 17].map(|at| starts.packed(at)), [0, 0, one.len() as u64, one.len() as u64]);
            let mut first = String::new();
            reader.read_to_string(&mut first).expect("text");
            assert_eq!(first, "Ilse Maren ");
        }
    }

    #[test]
    fn behind_a_damaged_member_the_next_is_read() {
        for pack in [gzip, zstd] {
            let varied: String = (0..3000).map(|n| format!("{} ", n * n % 7919)).collect();
            let mut bytes = pack(varied.as_bytes());
            let middle = bytes.len() / 2;
            bytes[middle..middle + 8].fill(0xff);
            bytes.extend(pack(b"Sudovia"));
            let mut reader = unpacked(&bytes);
            let mut part = vec![0; 1 << 16];
            let error = loop {
                match reader.read(&mut part) {
                    Ok(0) => panic!("no error"),
                    Ok(_) => {}
                    Err(error) => break Reason::of(error),
                }
            };
            assert!(matches!(error, Reason::Damaged { .. }), "{error}");
            let mut rest = String::new();
            reader.read_to_string(&mut rest).expect("text");
            assert_eq!(rest, "Sudovia");
        }
    }

    #[test]
    fn a_bomb_is_told_before_it_has_gone_off() {
        for pack in [gzip, zstd] {
            let bomb = pack(&vec![0; 200 << 20]);
            let mut reader = unpacked(&bomb);
            let error = io::copy(&mut reader, &mut io::sink()).expect_err("a bomb");
            assert!(matches!(Reason::of(error), Reason::Bomb { ratio: 250 }));
            assert!(reader.unpacked < 70 << 20);
        }
    }

    #[test]
    fn a_cut_stream_is_told() {
        for pack in [gzip, zstd] {
            let bytes = pack("Norrland agreed. ".repeat(50).as_bytes());
            let error = io::copy(&mut unpacked(&bytes[..bytes.len() - 5]), &mut io::sink()).expect_err("cut");
            assert!(matches!(Reason::of(error), Reason::Truncated { .. }));
        }
    }
}
