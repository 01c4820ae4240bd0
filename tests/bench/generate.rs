//! Big catalogs and logs, made from a seed: the same as `generate.mjs` makes, word for word; `marks.json` proves it.
//! What is said there about them is not said again here.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write;

use error_diagnoser::{Catalog, Entry, Inline, Message, Product, Situation, Text};
use serde::Deserialize;

pub const SEED: u32 = 20_260_417;
const SHARE: usize = 30;
const STRANGERS: usize = 400;

#[derive(Deserialize)]
pub struct Grammar {
    words: BTreeMap<String, Vec<String>>,
    slots: Slots,
    patterns: Vec<String>,
    tails: Vec<String>,
    titles: Vec<String>,
    causes: Vec<String>,
    steps: Vec<String>,
    levels: Vec<String>,
    components: Vec<String>,
    ordinary: Vec<String>,
}

/// In the order of the file, which a map would lose.
#[derive(Deserialize)]
struct Slots {
    path: Vec<String>,
    number: Vec<String>,
    hex: Vec<String>,
    host: Vec<String>,
    address: Vec<String>,
    user: Vec<String>,
    duration: Vec<String>,
}

pub struct Random(u32);

impl Random {
    fn next(&mut self) -> u32 {
        self.0 = self.0.wrapping_add(0x6d2b_79f5);
        let mut t = (self.0 ^ self.0 >> 15).wrapping_mul(1 | self.0);
        t = t.wrapping_add((t ^ t >> 7).wrapping_mul(0x3d | t)) ^ t;
        t ^ t >> 14
    }

    fn below(&mut self, limit: usize) -> usize {
        ((u64::from(self.next()) * limit as u64) >> 32) as usize
    }

    fn pick<'l>(&mut self, list: &'l [String]) -> &'l str {
        &list[self.below(list.len())]
    }

    #[expect(clippy::cast_precision_loss, clippy::cast_sign_loss, reason = "the numbers are small")]
    fn skewed(&mut self, limit: usize) -> usize {
        let part = f64::from(self.next()) / 4_294_967_296.0;
        (limit as f64 * (part * part * part)) as usize
    }

    /// A number of one to six digits.
    fn number(&mut self) -> usize {
        let digits = 1 + self.below(6) as u32;
        self.below(10_usize.pow(digits))
    }
}

/// What is made: messages, and patterns of lines in which none of them stands.
pub struct Made {
    pub messages: Vec<String>,
    strangers: Vec<String>,
}

/// A log, and how often each message was planted in it.
pub struct Log {
    pub text: String,
    pub planted: Vec<usize>,
}

impl Grammar {
    pub fn read() -> Self {
        serde_json::from_str(include_str!("grammar.json")).expect("the grammar is whole")
    }

    fn names(&self) -> Vec<&str> {
        let slots = &self.slots;
        [&slots.path, &slots.number, &slots.hex, &slots.host, &slots.address, &slots.user, &slots.duration]
            .into_iter()
            .flatten()
            .map(String::as_str)
            .collect()
    }

    fn expand(&self, pattern: &str, random: &mut Random) -> String {
        let names = self.names();
        let mut taken = BTreeSet::new();
        let mut text = String::new();
        let mut rest = pattern;
        while let Some(at) = rest.find(['<', '{']) {
            text.push_str(&rest[..at]);
            let end = at + rest[at..].find(['>', '}']).expect("a pattern closes what it opens");
            match &rest[at + 1..end] {
                "" => {
                    let mut slot = random.below(names.len());
                    while !taken.insert(slot) {
                        slot = (slot + 1) % names.len();
                    }
                    write!(text, "{{{}}}", names[slot]).expect("memory");
                }
                "class" => {
                    for _ in 0..=random.below(3) {
                        text.push_str(random.pick(&self.words["part"]));
                    }
                    text.push_str(random.pick(&self.words["role"]));
                }
                "code" => {
                    let system = random.pick(&self.words["code"]);
                    write!(text, "{system}-{}", 10_000 + random.below(90_000)).expect("memory");
                }
                kind => {
                    let is_abroad = kind == "thing" && random.below(100) < 3;
                    text.push_str(random.pick(&self.words[if is_abroad { "abroad" } else { kind }]));
                }
            }
            rest = &rest[end + 1..];
        }
        text + rest
    }

    fn invent(&self, random: &mut Random, earlier: &[String]) -> String {
        if !earlier.is_empty() && random.below(10) == 0 {
            let words: Vec<&str> = random.pick(earlier).split(' ').collect();
            let head = words[..words.len().div_ceil(2)].join(" ");
            let tail = self.expand(random.pick(&self.tails), random);
            let is_taken = self.names().iter().any(|name| {
                let slot = format!("{{{name}}}");
                tail.contains(&slot) && head.contains(&slot)
            });
            if !is_taken {
                return format!("{head} {tail}");
            }
        }
        self.expand(random.pick(&self.patterns), random)
    }

    pub fn messages(&self, entries: usize) -> Made {
        let mut random = Random(SEED);
        let mut known = Words::default();
        let mut messages = Vec::new();
        while messages.len() < entries {
            let text = self.invent(&mut random, &messages);
            let message = known.of(&text);
            if message.list.len() >= 2 && !known.holds_one(&message) && !known.is_in_one(&message) {
                known.add(message);
                messages.push(text);
            }
        }
        let mut strangers = Vec::new();
        while strangers.len() < STRANGERS {
            let text = self.expand(random.pick(&self.patterns), &mut random);
            let message = known.of(&text);
            if !known.holds_one(&message) {
                strangers.push(text);
            }
        }
        Made { messages, strangers }
    }

    pub fn catalog(&self, messages: &[String]) -> Catalog {
        let mut random = Random(SEED ^ 0x5eed);
        let entry = |(number, message): (usize, &String)| {
            let title = self.expand(random.pick(&self.titles), &mut random);
            let cause = vec![Inline::Text(self.expand(random.pick(&self.causes), &mut random))];
            let steps = vec![vec![Inline::Text(self.expand(random.pick(&self.steps), &mut random))]];
            let situations = vec![Situation { cause, steps, ..Situation::default() }];
            Entry {
                id: id(number),
                product: "bench".into(),
                messages: vec![Message::text("en", message)],
                texts: [("en".into(), Text { title, situations, ..Text::default() })].into(),
                ..Entry::default()
            }
        };
        let entries = messages.iter().enumerate().map(entry).collect();
        let products = vec![Product { id: "bench".into(), titles: [("en".into(), "Bench".into())].into() }];
        Catalog { products, entries, ..Catalog::default() }
    }

    fn fill(&self, message: &str, random: &mut Random) -> String {
        let mut text = String::new();
        let mut rest = message;
        while let Some(at) = rest.find('{') {
            let end = at + rest[at..].find('}').expect("a slot closes");
            text.push_str(&rest[..at]);
            text.push_str(&self.value(&rest[at + 1..end], random));
            rest = &rest[end + 1..];
        }
        text + rest
    }

    fn value(&self, name: &str, random: &mut Random) -> String {
        let is = |list: &[String]| list.iter().any(|other| other == name);
        let slots = &self.slots;
        if is(&slots.path) {
            format!("/var/opt/part-{:05}.bin", random.below(100_000))
        } else if name == "n" || is(&slots.number) {
            random.number().to_string()
        } else if name == "h" || is(&slots.host) {
            format!("node-{}.rack-{}", random.below(400), random.below(40))
        } else if name == "a" || is(&slots.address) {
            format!("10.{}.{}.{}:8020", random.below(256), random.below(256), random.below(256))
        } else if is(&slots.user) {
            format!("u{}", random.number())
        } else if is(&slots.duration) {
            format!("{}ms", random.number())
        } else {
            let first = format!("{:08x}", random.next());
            if random.below(2) == 0 { first } else { first + &format!("{:08x}", random.next()) }
        }
    }

    pub fn log(&self, made: &Made, size: usize) -> Log {
        let mut random = Random(SEED ^ 0x106);
        let mut log = Log { text: String::new(), planted: vec![0; made.messages.len()] };
        let mut time = 0;
        loop {
            time += random.below(1000);
            let level = random.pick(&self.levels);
            let mut line = format!("{} {level} [{}] ", clock(time), random.pick(&self.components));
            let mut number = None;
            if random.below(100) < SHARE {
                let planted = random.skewed(made.messages.len());
                line += &self.fill(&made.messages[planted], &mut random);
                number = Some(planted);
            } else if random.below(3) > 0 {
                line += &self.fill(random.pick(&made.strangers), &mut random);
            } else {
                line += &self.fill(random.pick(&self.ordinary), &mut random);
            }
            line.push('\n');
            if log.text.len() + line.len() > size && !log.text.is_empty() {
                return log;
            }
            log.text.push_str(&line);
            if let Some(number) = number {
                log.planted[number] += 1;
            }
        }
    }
}

pub fn id(number: usize) -> String {
    format!("bench/e{number:06}")
}

fn clock(time: usize) -> String {
    let (hour, minute, second) = (time / 3_600_000 % 24, time / 60_000 % 60, time / 1000 % 60);
    format!("2031-04-07T{hour:02}:{minute:02}:{second:02}.{:03}Z", time % 1000)
}

/// FNV-1a, as eight hexadecimal digits.
pub fn mark(text: &str) -> String {
    let hash = text.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    format!("{hash:08x}")
}

/// Which messages could stand inside which, by their words.
#[derive(Default)]
struct Words {
    numbers: HashMap<String, usize>,
    having: Vec<Vec<usize>>,
    ending: Vec<Vec<usize>>,
    messages: Vec<Worded>,
}

/// The numbers of a message's words in ascending order, and a bit for each.
struct Worded {
    list: Vec<usize>,
    sign: u32,
}

impl Words {
    fn of(&mut self, text: &str) -> Worded {
        let mut list = BTreeSet::new();
        for word in words(text) {
            let next = self.numbers.len();
            let number = *self.numbers.entry(word).or_insert(next);
            if number == next {
                self.having.push(Vec::new());
                self.ending.push(Vec::new());
            }
            list.insert(number);
        }
        let sign = list.iter().fold(0, |sign, number| sign | 1 << ((*number as u32).wrapping_mul(0x9e37_79b1) >> 27));
        Worded { list: list.into_iter().collect(), sign }
    }

    fn holds_one(&self, message: &Worded) -> bool {
        let ending = message.list.iter().flat_map(|word| &self.ending[*word]);
        ending.into_iter().any(|other| self.messages[*other].is_inside(message))
    }

    fn is_in_one(&self, message: &Worded) -> bool {
        let rarest = message.list.iter().map(|word| &self.having[*word]).min_by_key(|having| having.len());
        rarest.into_iter().flatten().any(|other| message.is_inside(&self.messages[*other]))
    }

    fn add(&mut self, message: Worded) {
        let number = self.messages.len();
        for word in &message.list {
            self.having[*word].push(number);
        }
        self.ending[message.list[message.list.len() - 1]].push(number);
        self.messages.push(message);
    }
}

impl Worded {
    fn is_inside(&self, large: &Self) -> bool {
        self.sign & !large.sign == 0 && self.list.iter().all(|word| large.list.binary_search(word).is_ok())
    }
}

fn words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut is_slot = false;
    let mut last = ' ';
    for c in text.chars() {
        is_slot |= c == '{';
        let is_joint = last.is_ascii_lowercase() && c.is_ascii_uppercase()
            || last.is_ascii_alphabetic() && c.is_ascii_digit()
            || last.is_ascii_digit() && c.is_ascii_alphabetic();
        let is_letter = !is_slot && (c.is_ascii_alphanumeric() || !c.is_ascii());
        if is_joint || !is_letter {
            words.push(String::new());
        }
        if is_letter {
            words.last_mut().expect("there is one").extend(c.to_lowercase());
        }
        is_slot &= c != '}';
        last = if is_letter { c } else { ' ' };
    }
    words.retain(|word| !word.is_empty());
    words
}
