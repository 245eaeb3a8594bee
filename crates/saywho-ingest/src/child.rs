//! PDF in a process of its own: its parser follows whatever a file tells it to, until the stack, the memory or the patience
//! ends, and only a process can be bounded in all three.
//!
//! The child is the same program, started again with [`ARGUMENT`] first: [`init`] sees that. It bounds itself, takes the file
//! from its standard input and writes the text, or why there is none, to its standard output.

use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio, exit};
use std::sync::mpsc::sync_channel;
use std::sync::{Condvar, Mutex, OnceLock, PoisonError};
use std::thread;
use std::time::Duration;

use crate::{Limits, Reason, pdf};

/// What a child is told apart by.
const ARGUMENT: &str = "_pdf";

/// Memory that a small PDF may take, and how much more for each byte of it, up to [`POOL`].
const MEMORY: u64 = 128 << 20;
const MEMORY_PER_BYTE: u64 = 8;

/// The memory of all children together; one that would take more waits for the others.
const POOL: u64 = 512 << 20;

/// Seconds of work that a PDF may take, and how many more for each MiB of it.
const SECONDS: u64 = 20;
const SECONDS_PER_MIB: u64 = 2;

/// So many times its seconds of work a child may live, since it may have to wait for the processor.
const WAITING: u64 = 3;

/// How a child is started.
struct Program {
    path: PathBuf,
    arguments: Vec<OsString>,
}

static PROGRAM: OnceLock<Program> = OnceLock::new();

/// Lets this program read PDF, in children of itself. To be called at the very beginning of `main`: in a child it does the
/// work and ends the process.
pub fn init() {
    let mut arguments = std::env::args_os().skip(1);
    if arguments.next().is_some_and(|first| first == ARGUMENT) {
        let mut bound = || arguments.next().and_then(|bound| bound.to_str()?.parse().ok()).unwrap_or(0);
        serve(bound(), bound());
    }
    // The very file that runs, even if another has taken its place since.
    let running = Path::new("/proc/self/exe");
    let path = if running.exists() { Some(running.to_owned()) } else { std::env::current_exe().ok() };
    if let Some(path) = path {
        start_with(path, vec![ARGUMENT.into()]);
    }
}

/// Lets this process read PDF, in children that are started with this program and these arguments. The program has to hand
/// the two numbers that come behind them on to [`serve`]. Only the first call counts.
pub fn start_with(program: PathBuf, arguments: Vec<OsString>) {
    let _ = PROGRAM.set(Program { path: program, arguments });
}

/// Does the work of a child, in no more than these bytes of memory and seconds, and ends the process.
pub fn serve(memory: u64, seconds: u64) -> ! {
    let done = bound(memory, seconds).and_then(|()| {
        let mut file = Vec::new();
        io::stdin().lock().read_to_end(&mut file)?;
        let answer = match pdf::text(&file) {
            Ok(text) => format!("T{text}"),
            Err(Reason::NoTextLayer) => "N".into(),
            Err(Reason::Locked) => "L".into(),
            Err(Reason::Failed { cause, .. }) => format!("F{cause}"),
            Err(Reason::Broken { what }) => format!("B{what}"),
            Err(other) => format!("B{other}"),
        };
        let mut out = io::stdout().lock();
        out.write_all(answer.as_bytes()).and_then(|()| out.flush())
    });
    exit(if done.is_ok() { 0 } else { 1 })
}

#[cfg(unix)]
fn bound(memory: u64, seconds: u64) -> io::Result<()> {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let set = |resource, most| setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) });
    set(Resource::Cpu, seconds)?;
    set(Resource::Core, 0)?;
    // What is written to; the program itself, with its weights, is only looked at.
    set(Resource::Data, memory)?;
    set(Resource::As, memory.saturating_add(1 << 30))?;
    Ok(())
}

#[cfg(not(unix))]
fn bound(_memory: u64, _seconds: u64) -> io::Result<()> {
    Ok(())
}

/// The text of a PDF, found by a child within the limits of a document.
pub(crate) fn text(pdf: &[u8], limits: &Limits) -> Result<String, Reason> {
    let most = limits.document_bytes;
    let program = PROGRAM.get().ok_or(Reason::NoChild)?;
    let size = pdf.len() as u64;
    let bounds = Bounds {
        memory: MEMORY.saturating_add(size.saturating_mul(MEMORY_PER_BYTE)).min(POOL),
        seconds: (SECONDS + (size >> 20) * SECONDS_PER_MIB).min(limits.time.as_secs().max(1)),
    };
    let _share = Share::of_pool(bounds.memory);
    let started = Command::new(&program.path)
        .args(&program.arguments)
        .args([bounds.memory.to_string(), bounds.seconds.to_string()])
        // The parser would otherwise start a thread, with its stack, for each core of the machine.
        .env("RAYON_NUM_THREADS", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn();
    let child = started.map_err(|error| stopped(format!("not start a process of its own: {error}")))?;
    let (answer, end) = asked(child, pdf, most, bounds).map_err(|error| stopped(format!("end early: {error}")))?;
    match end {
        End::Status(status) if status.success() => told(answer, most),
        End::Status(status) => Err(stopped(bounds.told(status))),
        End::TooLate => Err(stopped(bounds.too_long())),
    }
}

fn stopped(what: String) -> Reason {
    Reason::Stopped { kind: "PDF", what }
}

/// How a child ended.
enum End {
    Status(ExitStatus),
    TooLate,
}

/// Gives a child the file and takes its answer. It is gone when this returns.
fn asked(mut child: Child, pdf: &[u8], most: u64, bounds: Bounds) -> io::Result<(Vec<u8>, End)> {
    let (input, output) = (child.stdin.take(), child.stdout.take());
    let (sender, answers) = sync_channel(1);
    thread::scope(|scope| {
        let talk = move || {
            // One that has ended does not take all; how it ended tells why.
            let _ = input.map(|mut input| input.write_all(pdf));
            let mut answer = Vec::new();
            // A letter before the text, and one byte past the bound to know that it is passed.
            let read = output.map_or(Ok(0), |output| output.take(most.saturating_add(2)).read_to_end(&mut answer));
            let _ = sender.send(read.map(|_| answer));
        };
        let talking = thread::Builder::new().spawn_scoped(scope, talk);
        let answer = answers.recv_timeout(Duration::from_secs(bounds.seconds * WAITING));
        if !matches!(answer, Ok(Ok(_))) {
            child.kill()?;
        }
        let status = child.wait()?;
        talking?;
        match answer {
            Ok(answer) => Ok((answer?, End::Status(status))),
            Err(_) => Ok((Vec::new(), End::TooLate)),
        }
    })
}

fn told(answer: Vec<u8>, most: u64) -> Result<String, Reason> {
    if answer.len() as u64 > most.saturating_add(1) {
        return Err(Reason::TooLarge { limit: most });
    }
    let mut answer = String::from_utf8(answer).map_err(|_| stopped("give an answer that is no text".into()))?;
    let kind = answer.chars().next();
    let text = answer.split_off(usize::from(kind.is_some()));
    match kind {
        Some('T') => Ok(text),
        Some('N') => Err(Reason::NoTextLayer),
        Some('L') => Err(Reason::Locked),
        Some('F') => Err(Reason::Failed { kind: "PDF", cause: text }),
        Some('B') => Err(Reason::Broken { what: text }),
        _ => Err(stopped("give no answer".into())),
    }
}

/// What a child may take.
#[derive(Clone, Copy)]
struct Bounds {
    /// Bytes.
    memory: u64,
    /// Of work.
    seconds: u64,
}

impl Bounds {
    fn too_long(self) -> String {
        format!("take more than {} seconds", self.seconds)
    }

    /// Why a child ended that did not succeed.
    #[cfg(unix)]
    fn told(self, status: ExitStatus) -> String {
        use rustix::process::Signal;
        use std::os::unix::process::ExitStatusExt;
        let is = |signal: Signal| status.signal() == Some(signal.as_raw());
        match () {
            () if is(Signal::XCPU) => self.too_long(),
            () if is(Signal::ABORT) || is(Signal::SEGV) || is(Signal::BUS) => {
                format!("need more than {} MiB of memory, or nest without end", self.memory >> 20)
            }
            // The processor's time has a hard bound, too, at which it is killed.
            () => format!("end before its time ({status})"),
        }
    }

    #[cfg(not(unix))]
    fn told(self, status: ExitStatus) -> String {
        format!("end before its time ({status})")
    }
}

/// Memory of the pool that a child has while this lives.
struct Share(u64);

static TAKEN: Mutex<u64> = Mutex::new(0);
static GIVEN_BACK: Condvar = Condvar::new();

impl Share {
    fn of_pool(bytes: u64) -> Share {
        let taken = TAKEN.lock().unwrap_or_else(PoisonError::into_inner);
        let full = |taken: &mut u64| *taken + bytes > POOL;
        *GIVEN_BACK.wait_while(taken, full).unwrap_or_else(PoisonError::into_inner) += bytes;
        Share(bytes)
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        *TAKEN.lock().unwrap_or_else(PoisonError::into_inner) -= self.0;
        GIVEN_BACK.notify_all();
    }
}
