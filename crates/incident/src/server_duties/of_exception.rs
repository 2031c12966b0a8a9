//! On one exception: broken glass that nobody decided on lapses, and one in force ends by the minute (§4.2).

use super::ServerDuty;
use crate::command::{ExpireException, LapseException};
use crate::event::Subject;
use crate::exception::Exception;
use crate::{Command, Timestamp};

pub(super) fn duties(exception: &Exception, now: Timestamp) -> (Vec<ServerDuty>, Option<Timestamp>) {
    let (due, once, command) = if let Some(due) = exception.lapses_at() {
        let incidents = exception.covered.clone();
        let lapse = LapseException { exception: exception.id, incidents };
        (due, "lapse", Command::LapseException(lapse))
    } else if let Some(due) = exception.expires_at() {
        (due, "expire", Command::ExpireException(ExpireException { exception: exception.id }))
    } else {
        return (Vec::new(), None);
    };
    if now < due {
        return (Vec::new(), Some(due));
    }
    let once = format!("{once}/{}", due.millis());
    (vec![ServerDuty { subject: Subject::Exception(exception.id), once, command }], None)
}
