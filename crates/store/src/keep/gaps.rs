//! What the file's pages hold beside their rows: nothing.
//!
//! SQLite wipes a row where it is deleted. But where it moves rows from one page to another it leaves the old copies in
//! the part of the page that no row uses, and nothing ever wipes that: words of a forgotten client would stay between the
//! rows of others. (Format: sqlite.org/fileformat2, 1.6.)
use super::Vault;
use crate::{Result, Store};
use rusqlite::{Connection, params};
use std::sync::PoisonError;

/// Pages looked at in one transaction: nobody who enters meanwhile waits for more.
const PIECE: u32 = 500;
/// From so many pages on, 128 GiB, the first byte of a page that is none of rows could be that of one that is.
const MOST: u32 = 0x0200_0000;

/// Wipes what no row uses, in every page of the file; it may be done again at any time.
///
/// A file of `MOST` pages is left as it is: better an old copy than a row lost.
///
/// # Errors
/// Those of the file.
pub(crate) fn wipe(vault: &Vault) -> Result<()> {
    let c = vault.kernel()?;
    let pages: u32 = c.query_row("PRAGMA page_count", [], |r| r.get(0))?;
    if pages >= MOST {
        return Ok(());
    }
    for first in (1..=pages).step_by(PIECE as usize) {
        // Nobody writes to a page between the look at it and the wipe.
        c.execute_batch("BEGIN IMMEDIATE")?;
        let done = piece(&c, first..=(first + PIECE - 1).min(pages));
        c.execute_batch(if done.is_ok() { "COMMIT" } else { "ROLLBACK" })?;
        done?;
    }
    Ok(())
}

impl Store {
    /// Wipes what erased words have left in the file's pages: once in a life of the program where somebody was ever
    /// erased, and once more after each erasure. Tells whether there was a reason to.
    ///
    /// # Errors
    /// Those of the file.
    pub fn wipe_erased(&self) -> Result<bool> {
        let mut wiped = self.wiped.lock().unwrap_or_else(PoisonError::into_inner);
        let erased = self.admin_read(|c| Ok(c.query_row("SELECT count(*) FROM redaction", [], |r| r.get(0))?))?;
        if erased <= *wiped {
            return Ok(false);
        }
        wipe(&self.vault)?;
        self.admin_read(|c| Ok(c.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)")?))?;
        *wiped = erased;
        Ok(true)
    }
}

fn piece(c: &Connection, pages: std::ops::RangeInclusive<u32>) -> Result<()> {
    let mut look = c.prepare_cached("SELECT data FROM sqlite_dbpage WHERE pgno = ?1")?;
    for number in pages {
        let mut page: Vec<u8> = look.query_row([number], |r| r.get(0))?;
        if clear(&mut page, if number == 1 { 100 } else { 0 }) {
            let sql = "UPDATE sqlite_dbpage SET data = ?2 WHERE pgno = ?1";
            c.prepare_cached(sql)?.execute(params![number, page])?;
        }
    }
    Ok(())
}

/// Clears what no row of a page uses; tells whether anything stood there. `head` is where the page's header begins.
fn clear(page: &mut [u8], head: usize) -> bool {
    let two = |page: &[u8], at: usize| page.get(at..at + 2).map_or(0, |b| usize::from(b[0]) << 8 | usize::from(b[1]));
    let header = match page.get(head) {
        Some(2 | 5) => 12,
        Some(10 | 13) => 8,
        _ => return false,
    };
    let from = head + header + 2 * two(page, head + 3);
    let to = match two(page, head + 5) {
        0 => page.len(),
        to => to,
    };
    let mut found = zero(page, from, to);
    let mut block = two(page, head + 1);
    while block >= to {
        let (next, size) = (two(page, block), two(page, block + 2));
        found |= zero(page, block + 4, block + size);
        // Blocks stand in order; one that does not ends the list.
        block = if next > block { next } else { 0 };
    }
    found
}

fn zero(page: &mut [u8], from: usize, to: usize) -> bool {
    let Some(unused) = page.get_mut(from..to) else { return false };
    let found = unused.iter().any(|b| *b != 0);
    unused.fill(0);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A leaf of 64 bytes: a header, one pointer, what no row uses, a free block, a row.
    fn leaf() -> Vec<u8> {
        let mut page = vec![0; 64];
        page[..8].copy_from_slice(&[13, 0, 40, 0, 1, 0, 40, 0]);
        page[8..10].copy_from_slice(&[0, 56]);
        page[40..44].copy_from_slice(&[0, 0, 0, 16]);
        page[56..].copy_from_slice(b"some row");
        page
    }

    #[test]
    fn what_no_row_uses_is_wiped_and_every_row_stays() {
        let whole = leaf();
        assert!(!clear(&mut whole.clone(), 0), "nothing stands there");
        let mut page = whole.clone();
        page[12..18].copy_from_slice(b"CANARY");
        page[44..50].copy_from_slice(b"CANARY");
        assert!(clear(&mut page, 0));
        assert_eq!(page, whole);
    }
    #[test]
    fn a_page_that_is_none_of_rows_or_makes_no_sense_is_left_alone() {
        let overflow = [&[0, 0, 0, 9][..], b"CANARY of a long text"].concat();
        let mut same = overflow.clone();
        assert!(!clear(&mut same, 0) && same == overflow);
        let mut odd = leaf();
        odd[5..7].copy_from_slice(&[0xff, 0xff]);
        let before = odd.clone();
        assert!(!clear(&mut odd, 0) && odd == before);
        assert!(!clear(&mut [], 0));
    }
}
