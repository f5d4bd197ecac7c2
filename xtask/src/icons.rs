//! Renders the drawn icon into every size a system asks for.

use std::fs;
use std::path::Path;

use crate::{Outcome, step, tree};

/// Sizes as files of their own, by name.
const FILES: [(&str, u32); 4] = [("32x32.png", 32), ("128x128.png", 128), ("128x128@2x.png", 256), ("icon.png", 512)];

/// Sizes inside the Windows icon.
const WINDOWS: [u32; 5] = [16, 32, 48, 64, 256];

/// Sizes inside the macOS icon, each with the format's name for it.
const APPLE: [([u8; 4], u32); 4] = [(*b"ic07", 128), (*b"ic08", 256), (*b"ic09", 512), (*b"ic10", 1024)];

/// Renders icons/lineboard.svg; needs rsvg-convert.
pub(crate) fn render() -> Outcome {
    let folder = tree::root().join("icons");
    for (name, size) in FILES {
        save(&folder.join(name), &png(size)?)?;
    }
    let windows = WINDOWS.iter().map(|&size| Ok((size, png(size)?))).collect::<Outcome<Vec<_>>>()?;
    save(&folder.join("icon.ico"), &ico(&windows))?;
    let apple = APPLE.iter().map(|&(name, size)| Ok((name, png(size)?))).collect::<Outcome<Vec<_>>>()?;
    save(&folder.join("icon.icns"), &icns(&apple))
}

fn save(path: &Path, bytes: &[u8]) -> Outcome {
    fs::write(path, bytes).map_err(|why| format!("{}: {why}", path.display()))
}

fn png(size: u32) -> Outcome<Vec<u8>> {
    let file = tree::target().join(format!("icon-{size}.png"));
    let (width, out) = (size.to_string(), file.to_string_lossy().into_owned());
    step::run(&mut tree::command("rsvg-convert", &["-w", &width, "-h", &width, "icons/lineboard.svg", "-o", &out]))?;
    fs::read(&file).map_err(|why| format!("{out}: {why}"))
}

/// A Windows icon: a directory of 16-byte entries, then the pictures.
fn ico(pictures: &[(u32, Vec<u8>)]) -> Vec<u8> {
    let mut file = [0_u16, 1, pictures.len() as u16].iter().flat_map(|word| word.to_le_bytes()).collect::<Vec<u8>>();
    let mut place = 6 + 16 * pictures.len();
    for (size, png) in pictures {
        // 256 is written as 0: the field is one byte.
        let side = (size % 256) as u8;
        file.extend([side, side, 0, 0, 1, 0, 32, 0]);
        file.extend((png.len() as u32).to_le_bytes());
        file.extend((place as u32).to_le_bytes());
        place += png.len();
    }
    pictures.iter().for_each(|(_, png)| file.extend(png));
    file
}

/// A macOS icon: named, length-led pictures behind a length-led head.
fn icns(pictures: &[([u8; 4], Vec<u8>)]) -> Vec<u8> {
    let body: Vec<u8> = pictures.iter().flat_map(|(name, png)| block(*name, png)).collect();
    block(*b"icns", &body)
}

fn block(name: [u8; 4], content: &[u8]) -> Vec<u8> {
    let length = (content.len() as u32 + 8).to_be_bytes();
    [name.as_slice(), &length, content].concat()
}

#[cfg(test)]
mod tests {
    use super::{icns, ico};

    #[test]
    fn a_windows_icon_points_at_its_pictures() {
        let file = ico(&[(16, vec![1, 2, 3]), (256, vec![9])]);
        assert_eq!(&file[..6], [0, 0, 1, 0, 2, 0]);
        assert_eq!((file[6], file[22]), (16, 0));
        assert_eq!(file[18..22], 38_u32.to_le_bytes());
        assert_eq!(&file[38..], [1, 2, 3, 9]);
    }

    #[test]
    fn a_mac_icon_counts_its_own_heads() {
        let file = icns(&[(*b"ic07", vec![7; 5])]);
        assert_eq!(file.len(), 8 + 8 + 5);
        assert_eq!(file[4..8], 21_u32.to_be_bytes());
    }
}
