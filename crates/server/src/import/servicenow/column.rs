//! The 36 columns by name, wherever the file has put them.

use super::Error;

macro_rules! columns {
    ($($variant:ident $name:literal)*) => {
        /// A column of the log.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Column { $($variant),* }

        impl Column {
            /// Every column, in the order of the original file.
            pub(super) const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// Its name in the header.
            pub(super) const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }
        }
    };
}

columns! {
    Number "number"
    State "incident_state"
    Active "active"
    ReassignmentCount "reassignment_count"
    ReopenCount "reopen_count"
    ModCount "sys_mod_count"
    MadeSla "made_sla"
    Caller "caller_id"
    OpenedBy "opened_by"
    OpenedAt "opened_at"
    CreatedBy "sys_created_by"
    CreatedAt "sys_created_at"
    UpdatedBy "sys_updated_by"
    UpdatedAt "sys_updated_at"
    Contact "contact_type"
    Location "location"
    Category "category"
    Subcategory "subcategory"
    Symptom "u_symptom"
    Item "cmdb_ci"
    Impact "impact"
    Urgency "urgency"
    Priority "priority"
    Group "assignment_group"
    Assignee "assigned_to"
    Knowledge "knowledge"
    PriorityConfirmed "u_priority_confirmation"
    Notify "notify"
    Problem "problem_id"
    Change "rfc"
    Vendor "vendor"
    CausedBy "caused_by"
    ClosedCode "closed_code"
    ResolvedBy "resolved_by"
    ResolvedAt "resolved_at"
    ClosedAt "closed_at"
}

/// Without these a row says nothing that could be recorded.
const REQUIRED: [Column; 6] =
    [Column::Number, Column::State, Column::OpenedAt, Column::UpdatedAt, Column::Impact, Column::Urgency];

/// Where each column stands in this file.
#[derive(Debug, Clone)]
pub(super) struct Header {
    places: Vec<Option<usize>>,
    /// How many cells a row must have.
    pub(super) width: usize,
    /// Known columns this file lacks.
    pub(super) absent: Vec<&'static str>,
    /// Columns of this file that nothing here reads.
    pub(super) unread: Vec<String>,
}

impl Header {
    /// Reads the cells of line 1.
    pub(super) fn read(cells: &[String]) -> Result<Self, Error> {
        let names: Vec<String> = cells.iter().map(|cell| cell.trim().to_ascii_lowercase()).collect();
        let mut places = Vec::with_capacity(Column::ALL.len());
        for column in Column::ALL {
            let mut at = (0..names.len()).filter(|&place| names[place] == column.name());
            let place = at.next();
            if at.next().is_some() {
                let reason = format!("the column {} stands there twice", column.name());
                return Err(Error::WrongHeader { reason });
            }
            places.push(place);
        }
        let header = Self {
            width: names.len(),
            absent: Column::ALL
                .iter()
                .zip(&places)
                .filter(|(_, place)| place.is_none())
                .map(|(column, _)| column.name())
                .collect(),
            unread: names
                .iter()
                .filter(|name| !Column::ALL.iter().any(|column| column.name() == *name))
                .map(|name| shown(name))
                .collect(),
            places,
        };
        header.refuse_if_useless(&names)?;
        Ok(header)
    }

    /// The cell of a column, `None` where the file has no such column or the cell is `?` or blank.
    pub(super) fn cell<'cells>(&self, cells: &'cells [String], column: Column) -> Option<&'cells str> {
        let place = self.places[column as usize]?;
        let cell = cells.get(place)?.trim();
        (!cell.is_empty() && cell != "?").then_some(cell)
    }

    /// Whether the file has this column at all.
    pub(super) fn has(&self, column: Column) -> bool {
        self.places[column as usize].is_some()
    }

    fn refuse_if_useless(&self, names: &[String]) -> Result<(), Error> {
        let lacking: Vec<&str> =
            REQUIRED.iter().map(|column| column.name()).filter(|name| self.absent.contains(name)).collect();
        if lacking.is_empty() {
            return Ok(());
        }
        let begins = names.first().map(|name| shown(name)).unwrap_or_default();
        let reason = format!("it lacks {} and begins with {begins:?}", lacking.join(", "));
        Err(Error::WrongHeader { reason })
    }
}

/// The beginning of a text from the file, short enough for a message.
pub(super) fn shown(text: &str) -> String {
    const SHOWN_CHARS: usize = 60;
    let mut short: String = text.chars().take(SHOWN_CHARS).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}
