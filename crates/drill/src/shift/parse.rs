//! Reads a shift.

use std::collections::BTreeSet;

use super::words::vocabulary;
use super::{Almanac, Deed, Line, Outcome, Shift, Sight, Step, Words};
use incident::{Role, Timestamp};

const SIGHTS: [(&str, Sight); 11] = [
    ("due", Sight::Due),
    ("no_due", Sight::NoDue),
    ("clock", Sight::Clock),
    ("clause", Sight::Clause),
    ("phase", Sight::Phase),
    ("record", Sight::Record),
    ("signal", Sight::Signal),
    ("offer", Sight::Offer),
    ("no_offer", Sight::NoOffer),
    ("move", Sight::Move),
    ("no_move", Sight::NoMove),
];

impl Shift {
    /// Reads a file's text. An error names file and line and says what is wrong with it.
    pub fn parse(file: &str, text: &str) -> Result<Self, String> {
        let mut lines = text.lines().enumerate();
        let title = lines.find(|(_, line)| !is_blank(line)).map(|(_, line)| line).unwrap_or_default();
        let (clause, title) =
            title.split_once(char::is_whitespace).filter(|(clause, _)| clause.starts_with('§')).ok_or_else(
                || format!("{file}:1: begin with the clause, such as `§3.6  Severity 1 triggers …`"),
            )?;
        let mut shift = Self {
            file: file.to_owned(),
            clause: clause.to_owned(),
            title: title.trim().to_owned(),
            almanac: Almanac::default(),
            lines: Vec::new(),
        };
        for (index, line) in lines.filter(|(_, line)| !is_blank(line)) {
            let number = index + 1;
            shift.take(number, line).map_err(|wrong| format!("{file}:{number}: {wrong}"))?;
        }
        Ok(shift)
    }

    fn take(&mut self, number: usize, line: &str) -> Result<(), String> {
        let words = Words::split(line)?;
        match (words[0].as_str(), words.get(1)) {
            ("day", Some(day)) if self.lines.is_empty() => self.almanac.day.clone_from(day),
            ("zone", Some(zone)) if self.lines.is_empty() => self.almanac.zone.clone_from(zone),
            ("given", Some(_)) => {
                let step = Step::Given(Words::of(&words[1..]));
                self.lines.push(Line { number, at: Timestamp::from_millis(0), step });
            }
            _ => {
                let (at, rest) = self.moment(&words)?;
                let first = rest.first().ok_or("nothing follows the time")?;
                let sight = SIGHTS.iter().find(|(name, _)| name == first);
                let step = match sight {
                    Some((_, sight)) => Step::Sight(*sight, Words::of(&rest[1..])),
                    None => Step::Deed(deed(rest)?),
                };
                self.lines.push(Line { number, at, step });
            }
        }
        Ok(())
    }

    /// The time a line begins with, or that of the line before.
    fn moment<'a>(&self, words: &'a [String]) -> Result<(Timestamp, &'a [String]), String> {
        if let Some(two) = words.get(..2)
            && let Ok(at) = self.almanac.instant(&two.join(" "))
        {
            return Ok((at, &words[2..]));
        }
        if let Ok(at) = self.almanac.instant(&words[0]) {
            return Ok((at, &words[1..]));
        }
        match self.lines.last() {
            Some(last) if SIGHTS.iter().any(|(name, _)| *name == words[0]) => Ok((last.at, words)),
            _ => Err(format!("\"{}\" is not a time; write 09:00, Tue 09:00 or 2026-06-09 09:00", words[0])),
        }
    }
}

fn is_blank(line: &str) -> bool {
    line.trim().is_empty() || line.trim_start().starts_with('#')
}

fn deed(words: &[String]) -> Result<Deed, String> {
    let ends = |word: &String| word == "ok" || word == "refused";
    let end = words.iter().position(ends).ok_or("say how it ends: ok, or refused CODE §")?;
    let [actor, roles, verb, arguments @ ..] = &words[..end] else {
        return Err("a deed is: time, person, role, verb, subject, arguments, outcome".to_owned());
    };
    let roles = roles.split(',').map(vocabulary::<Role>).collect::<Result<BTreeSet<_>, _>>()?;
    let outcome = outcome(&words[end..])?;
    Ok(Deed { actor: actor.clone(), roles, verb: vocabulary(verb)?, words: Words::of(arguments), outcome })
}

fn outcome(words: &[String]) -> Result<Outcome, String> {
    match words {
        [ok, only, kinds @ ..] if ok == "ok" && only == "only" => Ok(Outcome::Only(kinds.to_vec())),
        [ok, kinds @ ..] if ok == "ok" => Ok(Outcome::Ok(kinds.to_vec())),
        [_, code, clause] if clause.starts_with('§') => {
            Ok(Outcome::Refused(vocabulary(code)?, clause.clone()))
        }
        _ => Err("a refusal is: refused CODE §".to_owned()),
    }
}
