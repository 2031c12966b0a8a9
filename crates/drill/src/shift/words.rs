//! Words of a line: plain ones in their places, and `name=value` ones. Double quotes keep blanks.

use serde::de::DeserializeOwned;

/// Words after the verb.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    /// Plain words, in order.
    pub plain: Vec<String>,
    /// `name=value` words, in order.
    pub named: Vec<(String, String)>,
}

impl Words {
    /// Splits a line; what follows a word that begins with `#` is a remark.
    pub(super) fn split(line: &str) -> Result<Vec<String>, String> {
        let mut words = Vec::new();
        let mut rest = line.trim_start();
        while !rest.is_empty() && !rest.starts_with('#') {
            let (mut word, mut is_quoted, mut end) = (String::new(), false, rest.len());
            for (at, c) in rest.char_indices() {
                if c == '"' {
                    is_quoted = !is_quoted;
                } else if c.is_whitespace() && !is_quoted {
                    end = at;
                    break;
                } else {
                    word.push(c);
                }
            }
            if is_quoted {
                return Err("a quote is not closed".to_owned());
            }
            words.push(word);
            rest = rest[end..].trim_start();
        }
        Ok(words)
    }

    /// Plain and named words apart.
    pub(super) fn of(words: &[String]) -> Self {
        let mut all = Self::default();
        for word in words {
            match word.split_once('=') {
                Some((name, value)) => all.named.push((name.to_owned(), value.to_owned())),
                None => all.plain.push(word.clone()),
            }
        }
        all
    }

    /// The plain word at a place.
    pub fn plain(&self, place: usize, what: &str) -> Result<&str, String> {
        self.plain.get(place).map(String::as_str).ok_or_else(|| format!("{what} is missing"))
    }

    /// The value of a name.
    pub fn named(&self, name: &str) -> Option<&str> {
        self.named.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The value of a name, or what stands for it.
    pub fn named_or(&self, name: &str, otherwise: &str) -> String {
        self.named(name).unwrap_or(otherwise).to_owned()
    }

    /// Refuses names that nothing reads, so that a typing error is no silent success.
    pub(super) fn only(&self, names: &[&str]) -> Result<(), String> {
        match self.named.iter().find(|(name, _)| !names.contains(&name.as_str())) {
            Some((name, _)) => Err(format!("{name}= is not known here; known are {}", names.join(", "))),
            None => Ok(()),
        }
    }
}

/// A word of the rule book's own vocabulary, such as `service_desk`.
pub(super) fn vocabulary<T: DeserializeOwned>(word: &str) -> Result<T, String> {
    let value = word.parse::<u8>().map_or_else(|_| word.into(), serde_json::Value::from);
    serde_json::from_value(value).map_err(|error| error.to_string())
}
