//! Apple Mail's files.

use super::*;

const LIST: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<plist version=\"1.0\"><dict/></plist>\n";

#[test]
fn the_property_list_is_no_part_of_the_message() {
    let text = mail("one", "hello").replace("\r\n", "\n");
    let container = open(format!("{}      \n{text}{LIST}", text.len()));
    let message = container.first().unwrap();
    assert_eq!((container.form(), message.kind), (Form::Emlx, Kind::Emlx));
    assert_eq!((body(&message), message.kept), ("hello\n".to_owned(), Kept::default()));
    assert_eq!(message.source.bytes(), text.as_bytes());
}

#[test]
fn a_wrong_length_is_told() {
    let text = mail("one", "hello").replace("\r\n", "\n");
    for length in [text.len() - 3, 5, 9_999_999, usize::MAX] {
        let message = open(format!("{length}\n{text}{LIST}")).first().unwrap();
        assert_eq!(message.source.bytes(), text.as_bytes(), "{length}");
        assert!(message.repairs.iter().any(|repair| repair.code == RepairCode::LengthWrong));
    }
    let cut = open(format!("{}\n{}", text.len(), &text[..text.len() - 4])).first().unwrap();
    assert_eq!(cut.kept.body, Fidelity::Partial);
}

#[test]
fn a_number_before_another_kind_of_line_is_no_emlx() {
    assert_eq!(open(format!("639\r\nP8FxVksOO2tm\r\n{}", mail("one", "x"))).form(), Form::Text);
}
