//! What was given to diagnose: bytes from a file or standard input, read as the text that they hold.

use std::fs::File;
use std::io::{self, IsTerminal, Read};
use std::path::{Path, PathBuf};

use super::{Stop, reason};

/// The largest paste that is read, in bytes. Far above any log that a person would ask about; below the 4 GiB that
/// positions can count.
const LARGEST: u64 = 256 * 1024 * 1024;

/// How much of the beginning decides whether it is text.
const TELLING: usize = 64 * 1024;

/// Where a paste comes from.
#[derive(Clone, Debug)]
pub enum From {
    Stdin,
    File(PathBuf),
}

impl From {
    /// The files that were named (`-` is standard input); standard input when none was.
    pub fn arguments(files: &[PathBuf]) -> Vec<Self> {
        if files.is_empty() {
            return vec![Self::Stdin];
        }
        files.iter().map(|file| if file == Path::new("-") { Self::Stdin } else { Self::File(file.clone()) }).collect()
    }

    /// What it is called in sentences.
    pub fn name(&self) -> String {
        match self {
            Self::Stdin => "standard input".into(),
            Self::File(path) => path.display().to_string(),
        }
    }

    /// Opens it. A person at a terminal is told what to do.
    pub fn open(&self) -> Result<Box<dyn Read>, Stop> {
        match self {
            Self::Stdin => {
                if io::stdin().is_terminal() {
                    let end = if cfg!(windows) { "Ctrl-Z and Enter" } else { "Ctrl-D on a line of its own" };
                    eprintln!("Paste the error, then press {end}.");
                }
                Ok(Box::new(io::stdin().lock()))
            }
            Self::File(path) => match File::open(path) {
                Ok(file) => Ok(Box::new(file)),
                Err(error) => Err(unreadable(&self.name(), &error)),
            },
        }
    }

    /// Reads the paste as text; a sentence where there is none.
    pub fn text(&self) -> Result<String, Stop> {
        let name = self.name();
        let mut bytes = Vec::new();
        self.open()?.take(LARGEST + 1).read_to_end(&mut bytes).map_err(|error| unreadable(&name, &error))?;
        if bytes.len() as u64 > LARGEST {
            return Err(Stop::failed(format!(
                "{name} is larger than {} MiB; give the part around the error",
                LARGEST / 1024 / 1024
            )));
        }
        decode(bytes).map_err(|what| Stop::failed(format!("{name} {what}")))
    }
}

fn unreadable(name: &str, error: &io::Error) -> Stop {
    Stop::failed(format!("cannot read {name}: {}; give a text file that holds the error", reason(error)))
}

/// The text that the bytes hold, or what they are instead.
fn decode(bytes: Vec<u8>) -> Result<String, &'static str> {
    match bytes.as_slice() {
        // PowerShell 5 writes UTF-16 when output is redirected to a file.
        [0xff, 0xfe, rest @ ..] => return meaningful(utf16(rest, u16::from_le_bytes)),
        [0xfe, 0xff, rest @ ..] => return meaningful(utf16(rest, u16::from_be_bytes)),
        [0x1f, 0x8b, ..] => return Err("is compressed with gzip; unpack it first (gunzip)"),
        [b'P', b'K', 3, 4, ..] => return Err("is a zip archive; unpack it first and give the text file in it"),
        _ => {}
    }
    if is_binary(&bytes[..bytes.len().min(TELLING)]) {
        return Err("is not text but a binary file; give the error's text, or a log in UTF-8");
    }
    meaningful(match String::from_utf8(bytes) {
        Ok(text) => text,
        // A stray byte in a log is no reason to refuse the error beside it.
        Err(error) => String::from_utf8_lossy(error.as_bytes()).into_owned(),
    })
}

fn meaningful(text: String) -> Result<String, &'static str> {
    if text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}').is_empty() {
        return Err("is empty; give the text of an error");
    }
    Ok(text)
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.as_chunks::<2>().0.iter().map(|pair| unit(*pair));
    char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// Whether more than a tenth of it is what text does not hold: bytes that are not UTF-8, and control characters other
/// than white space and those that terminals and logs use.
fn is_binary(bytes: &[u8]) -> bool {
    let mut strange = 0;
    for chunk in bytes.utf8_chunks() {
        strange += chunk.invalid().len();
        strange += chunk.valid().bytes().filter(|byte| matches!(byte, 0..=6 | 14..=26 | 28..=31 | 127)).count();
    }
    strange * 10 > bytes.len()
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn text_in_its_encodings() {
        let utf16 =
            |unit: fn(u16) -> [u8; 2]| -> Vec<u8> { "\u{feff}Fout é 𝄞".encode_utf16().flat_map(unit).collect() };
        assert_eq!(decode(utf16(u16::to_le_bytes)).as_deref(), Ok("Fout é 𝄞"));
        assert_eq!(decode(utf16(u16::to_be_bytes)).as_deref(), Ok("Fout é 𝄞"));
        assert_eq!(decode("Fout é 𝄞".into()).as_deref(), Ok("Fout é 𝄞"));
        // "é" as Windows-1252 writes it, in a log that is otherwise readable.
        assert_eq!(
            decode(b"priv\xe9 connector was deleted".to_vec()).as_deref(),
            Ok("priv\u{fffd} connector was deleted")
        );
        assert_eq!(decode(b"\x1b[31mred\x1b[0m".to_vec()).as_deref(), Ok("\u{1b}[31mred\u{1b}[0m"));
    }

    #[test]
    fn what_is_no_text() {
        let cases: [(&[u8], &str); 6] = [
            (b"", "is empty"),
            (b" \n\t\r\n", "is empty"),
            ("\u{feff}\u{a0}\n".as_bytes(), "is empty"),
            (b"\x1f\x8b\x08\0\0\0\0\0", "gzip"),
            (b"PK\x03\x04\x14\0", "zip archive"),
            (b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0>\0", "binary file"),
        ];
        for (bytes, word) in cases {
            let said = decode(bytes.to_vec()).expect_err(word);
            assert!(said.contains(word), "{said}");
        }
    }
}
