//! Many hands for one list of work.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use anyhow::bail;

/// Does the work on every item, so many at a time and in no order; after an error nobody takes another item.
pub(super) fn share<T: Sync>(
    hands: usize,
    items: &[T],
    work: impl Fn(&T) -> anyhow::Result<()> + Sync,
) -> anyhow::Result<()> {
    let next = AtomicUsize::new(0);
    let hand = || -> anyhow::Result<()> {
        while let Some(item) = items.get(next.fetch_add(1, Ordering::Relaxed)) {
            if let Err(error) = work(item) {
                next.store(items.len(), Ordering::Relaxed);
                return Err(error);
            }
        }
        Ok(())
    };
    thread::scope(|scope| {
        let hands: Vec<_> = (0..hands.max(1)).map(|_| scope.spawn(hand)).collect();
        hands.into_iter().try_for_each(|hand| match hand.join() {
            Ok(done) => done,
            Err(_) => bail!("a thread of the command ended before its work"),
        })
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    #[test]
    fn every_item_is_worked_on_once() {
        let items: Vec<u32> = (0..100).collect();
        let done = Mutex::new(Vec::new());
        share(3, &items, |item| {
            done.lock().unwrap().push(*item);
            Ok(())
        })
        .unwrap();
        let mut done = done.into_inner().unwrap();
        done.sort_unstable();
        assert_eq!(done, items);
    }

    #[test]
    fn an_error_ends_the_work() {
        let items: Vec<u32> = (0..100).collect();
        let done = Mutex::new(0);
        let wrong = share(1, &items, |item| {
            *done.lock().unwrap() += 1;
            if *item == 3 { bail!("at {item}") } else { Ok(()) }
        });
        assert_eq!(wrong.unwrap_err().to_string(), "at 3");
        assert_eq!(*done.lock().unwrap(), 4);
    }
}
