//! Deeds of the server and of administrators: no screen offers them on an incident.

pub(crate) mod advance_escalation;
pub(crate) mod auto_close;
pub(crate) mod configure;
pub(crate) mod expire_exception;
pub(crate) mod lapse_exception;
pub(crate) mod record_alert;
pub(crate) mod record_breach;
pub(crate) mod record_cap;

pub use advance_escalation::AdvanceEscalation;
pub use auto_close::AutoClose;
pub use configure::Configure;
pub use expire_exception::ExpireException;
pub use lapse_exception::LapseException;
pub use record_alert::{AlertNews, RecordAlert};
pub use record_breach::RecordBreach;
pub use record_cap::RecordCap;
