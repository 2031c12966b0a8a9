//! Times as a shift writes them: `09:00`, `Tue 09:00`, `2026-06-09 09:00`, or RFC 3339 in full.

use incident::{MINUTE, Timestamp, calendar};

const DAY: i64 = 24 * 60 * MINUTE;
const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// The day and the zone of a shift.
#[derive(Debug, Clone)]
pub struct Almanac {
    /// The day of bare times, `YYYY-MM-DD`; a weekday is the first one from there on.
    pub day: String,
    /// The zone of all times (IANA).
    pub zone: String,
}

impl Default for Almanac {
    fn default() -> Self {
        Self { day: "2026-06-01".to_owned(), zone: "America/New_York".to_owned() }
    }
}

impl Almanac {
    /// An instant, from one or two words.
    pub fn instant(&self, text: &str) -> Result<Timestamp, String> {
        if let Some(at) = Timestamp::from_rfc3339(text) {
            return Ok(at);
        }
        let wall = match text.split_once(' ') {
            None => format!("{}T{text}", self.day),
            Some((day, time)) if day.len() == 10 => format!("{day}T{time}"),
            Some((weekday, time)) => format!("{}T{time}", self.first(weekday)?),
        };
        calendar::instant(&wall, &self.zone).map_err(|_| format!("\"{text}\" is not a time"))
    }

    /// An instant as failures show it.
    pub fn show(&self, at: Timestamp) -> String {
        let weekday = |text: &str| {
            let midnight = Timestamp::from_rfc3339(&format!("{}T00:00:00Z", &text[..10]))?;
            WEEKDAYS.get(usize::try_from((midnight.millis() / DAY + 3).rem_euclid(7)).ok()?)
        };
        match calendar::local(at, &self.zone) {
            Ok(local) => {
                let ms = at.millis().rem_euclid(1_000);
                let day = weekday(&local.local).copied().unwrap_or_default();
                let rest = if ms == 0 { String::new() } else { format!(".{ms:03}") };
                format!("{day} {}{rest}{}", local.local.replace('T', " "), local.offset)
            }
            Err(_) => at.to_rfc3339(),
        }
    }

    fn first(&self, weekday: &str) -> Result<String, String> {
        let wanted = WEEKDAYS.iter().position(|known| *known == weekday);
        let wanted = wanted.ok_or_else(|| format!("\"{weekday}\" is no weekday; write Mon to Sun"))?;
        let noon = Timestamp::from_rfc3339(&format!("{}T12:00:00Z", self.day));
        let noon = noon.ok_or_else(|| format!("\"{}\" is not a day", self.day))?;
        let today = (noon.millis() / DAY + 3).rem_euclid(7);
        let ahead = (i64::try_from(wanted).unwrap_or(0) - today).rem_euclid(7);
        Ok(noon.plus_millis(ahead * DAY).to_rfc3339()[..10].to_owned())
    }
}

/// Minutes of `15m`, `4h`, `1d`.
pub(super) fn minutes(text: &str) -> Result<u32, String> {
    let wrong = || format!("\"{text}\" is no span; write 15m or 4h");
    let (number, unit) = text.split_at(text.len().saturating_sub(1));
    let number: u32 = number.parse().map_err(|_| wrong())?;
    let unit = match unit {
        "m" => 1,
        "h" => 60,
        _ => return Err(wrong()),
    };
    Ok(number * unit)
}

/// Milliseconds of `500ms`, `5s`, `15m`, `4h`.
pub(super) fn millis(text: &str) -> Result<i64, String> {
    let number = |digits: &str| digits.parse::<i64>().map_err(|_| format!("\"{text}\" is no span"));
    if let Some(digits) = text.strip_suffix("ms") {
        return number(digits);
    }
    if let Some(digits) = text.strip_suffix('s') {
        return Ok(number(digits)? * 1_000);
    }
    Ok(i64::from(minutes(text)?) * MINUTE)
}
