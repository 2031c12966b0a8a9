//! Times that agree with the order of the rows, doubting as few rows as can be.

use incident::Timestamp;

use super::row::Row;

/// The time of each row, never falling.
///
/// The longest run of rows whose times do not fall is believed; each other row takes the time of
/// the next believed row, or of the last one where none follows. So a doubted row is never shown
/// before a believed one that the file puts in front of it.
pub(super) fn in_order(rows: &[Row]) -> Vec<Timestamp> {
    let stated: Vec<Timestamp> = rows.iter().map(|row| row.updated_at).collect();
    if stated.is_sorted() {
        return stated;
    }
    let believed = longest_rising(&stated);
    let mut times = stated;
    let mut next = believed.last().map(|&row| times[row]);
    for row in (0..times.len()).rev() {
        if believed.binary_search(&row).is_ok() {
            next = Some(times[row]);
        } else if let Some(next) = next {
            times[row] = next;
        }
    }
    times
}

/// Places of the longest run that does not fall; the latest of equals, so that late rows, which
/// hold the end of the story, are believed first.
fn longest_rising(stated: &[Timestamp]) -> Vec<usize> {
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; stated.len()];
    for place in 0..stated.len() {
        let length = ends.partition_point(|&end| stated[end] <= stated[place]);
        before[place] = length.checked_sub(1).map(|shorter| ends[shorter]);
        if length == ends.len() {
            ends.push(place);
        } else {
            ends[length] = place;
        }
    }
    let mut run = Vec::with_capacity(ends.len());
    let mut place = ends.last().copied();
    while let Some(at) = place {
        run.push(at);
        place = before[at];
    }
    run.reverse();
    run
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubts_the_fewest_rows() {
        let run = |times: &[i64]| {
            let times: Vec<_> = times.iter().copied().map(Timestamp::from_millis).collect();
            longest_rising(&times)
        };
        assert_eq!(run(&[1, 2, 2, 3]), [0, 1, 2, 3]);
        assert_eq!(run(&[9, 1, 2, 3]), [1, 2, 3]);
        assert_eq!(run(&[1, 9, 2, 3]), [0, 2, 3]);
        assert_eq!(run(&[5, 6, 7, 1]), [0, 1, 2]);
        assert_eq!(run(&[]), Vec::<usize>::new());
    }
}
