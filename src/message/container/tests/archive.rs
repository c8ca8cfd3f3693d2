//! Zip and gzip files with messages in them.

use super::*;

pub(super) fn zip(members: &[(&str, &[u8])], method: CompressionMethod) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut archive = ZipArchiveWriter::new(&mut bytes);
    for (name, content) in members {
        let (mut entry, config) = archive.new_file(name).compression_method(method).start().unwrap();
        let descriptor = if method == CompressionMethod::DEFLATE {
            let mut writer = config.wrap(DeflateEncoder::new(&mut entry, Compression::default()));
            writer.write_all(content).unwrap();
            let (encoder, descriptor) = writer.finish().unwrap();
            encoder.finish().unwrap();
            descriptor
        } else {
            let mut writer = config.wrap(&mut entry);
            writer.write_all(content).unwrap();
            writer.finish().unwrap().1
        };
        entry.finish(descriptor).unwrap();
    }
    archive.finish().unwrap();
    bytes
}

fn gzip(content: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn messages_are_found_among_other_files() {
    let (one, two) = (mail("one", "1"), mail("two", "2"));
    let mbox = format!("From a Mon Nov  2 10:00:00 2026\n{two}\n\nFrom b Mon Nov  2 10:00:00 2026\n{one}");
    let members: [(&str, &[u8]); 6] = [
        ("folder/", b""),
        ("folder/one.eml", one.as_bytes()),
        ("picture.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0"),
        ("__MACOSX/folder/._one.eml", one.as_bytes()),
        ("note.txt", b"Dear all,\nthe message is attached.\n"),
        ("mbox", mbox.as_bytes()),
    ];
    for method in [CompressionMethod::STORE, CompressionMethod::DEFLATE] {
        let container = open(zip(&members, method));
        assert_eq!((container.form(), container.shortfall()), (Form::Zip, None));
        assert_eq!(subjects(&container), listed(&[(0, "one"), (0, "two"), (0, "one")]));
        assert_eq!(container.member_name(0), Some("folder/one.eml"));
        assert_eq!(container.read(0).unwrap()[0].message.place.unwrap().offset, None);
    }
    let packed = open(gzip(mbox.as_bytes()));
    assert_eq!((packed.form(), packed.messages()), (Form::Gzip, 2));
    let inside = open(zip(
        &[("a.zip", &zip(&[("b.eml.gz", &gzip(one.as_bytes()))], CompressionMethod::STORE))],
        CompressionMethod::DEFLATE,
    ));
    assert_eq!(subjects(&inside), listed(&[(0, "one")]));
}

#[test]
fn the_reason_is_told_where_nothing_comes_out() {
    assert!(matches!(refused(zip(&[("a.txt", b"hello")], CompressionMethod::DEFLATE)), Refusal::NothingInside));
    assert!(matches!(refused(zip(&[], CompressionMethod::STORE)), Refusal::NothingInside));
    let mut locked = zip(&[("a.eml", mail("x", "y").as_bytes())], CompressionMethod::STORE);
    // The bit of encryption in the local header and in the directory.
    let directory = locked.windows(4).position(|window| window == b"PK\x01\x02").unwrap();
    locked[6] |= 1;
    locked[directory + 8] |= 1;
    assert!(matches!(refused(locked), Refusal::Locked));
    assert!(matches!(refused(b"PK\x03\x04 and then nothing"), Refusal::NotUnpacked));
    assert!(matches!(refused(b"\x1F\x8B\x08 and then nothing"), Refusal::NotUnpacked));
    let whole = gzip(mail("x", &"y".repeat(1 << 20)).as_bytes());
    assert!(matches!(refused(&whole[..whole.len() / 2]), Refusal::NotUnpacked));
}

#[test]
fn bombs_do_not_go_off() {
    let head = mail("bomb", "");
    let large = [head.as_bytes(), &vec![b'a'; 40 << 20]].concat();
    assert!(matches!(refused(gzip(&large)), Refusal::TooMuchUnpacked), "out of all proportion");
    let many: Vec<(String, Vec<u8>)> =
        (0..80).map(|number| (format!("{number}.eml"), large[..4 << 20].to_vec())).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let container = open(zip(&many, CompressionMethod::DEFLATE));
    assert!(container.messages() <= 64 && container.shortfall() == Some(Shortfall::Members));
    let mut inside = mail("x", "y").into_bytes();
    for _ in 0..6 {
        inside = gzip(&inside);
    }
    assert!(matches!(refused(inside), Refusal::TooMuchUnpacked), "too many layers");
}

#[test]
fn names_of_japanese_windows_are_readable() {
    let mut bytes =
        zip(&[("XXXX.eml", mail("x", "y").as_bytes()), ("b.eml", mail("x", "y").as_bytes())], CompressionMethod::STORE);
    let name = b"\x83\x81\x81\x5B\x83\x8B";
    let mut at = 0;
    while let Some(found) = bytes[at..].windows(4).position(|window| window == b"XXXX") {
        bytes[at + found..at + found + 4].copy_from_slice(&name[..4]);
        at += found + 4;
    }
    assert_eq!(open(bytes).member_name(0), Some("メー.eml"));
}
