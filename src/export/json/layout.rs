//! How the JSON report is laid out: what stands in the lists of a section has a line each, so that ten thousand hops are
//! ten thousand lines and not half a million.

use std::io;

use serde::Serialize;
use serde_json::Value;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter, Serializer};

/// How deep lines are broken: the report, its sections, their members or the items of their lists.
const BROKEN: usize = 3;

/// Writes a tree.
pub(super) fn write(value: &Value) -> String {
    let mut bytes = Vec::new();
    let layout = Layout { depth: 0, broken: PrettyFormatter::new(), line: CompactFormatter };
    // A tree of strings and numbers always serialises, and writing to memory cannot fail.
    let _ = value.serialize(&mut Serializer::with_formatter(&mut bytes, layout));
    String::from_utf8(bytes).unwrap_or_default()
}

struct Layout {
    /// How many lists and objects are open.
    depth: usize,
    broken: PrettyFormatter<'static>,
    line: CompactFormatter,
}

macro_rules! laid_out {
    ($self:ident, $call:ident($($argument:expr),*)) => {
        if $self.depth <= BROKEN { $self.broken.$call($($argument),*) } else { $self.line.$call($($argument),*) }
    };
}

impl Formatter for Layout {
    fn begin_array<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.depth += 1;
        laid_out!(self, begin_array(writer))
    }

    fn end_array<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        let written = laid_out!(self, end_array(writer));
        self.depth -= 1;
        written
    }

    fn begin_array_value<W: ?Sized + io::Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        laid_out!(self, begin_array_value(writer, first))
    }

    fn end_array_value<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        laid_out!(self, end_array_value(writer))
    }

    fn begin_object<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.depth += 1;
        laid_out!(self, begin_object(writer))
    }

    fn end_object<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        let written = laid_out!(self, end_object(writer));
        self.depth -= 1;
        written
    }

    fn begin_object_key<W: ?Sized + io::Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        laid_out!(self, begin_object_key(writer, first))
    }

    fn begin_object_value<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        laid_out!(self, begin_object_value(writer))
    }

    fn end_object_value<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        laid_out!(self, end_object_value(writer))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_stands_in_a_list_of_a_section_has_one_line() {
        let report =
            json!({"path": {"hops": [{"index": 1, "span": [0, 9]}, {"index": 2, "span": [9, 12]}], "none": []}});
        let expected = "{\n  \"path\": {\n    \"hops\": [\n      {\"index\":1,\"span\":[0,9]},\n      \
                        {\"index\":2,\"span\":[9,12]}\n    ],\n    \"none\": []\n  }\n}";
        assert_eq!(write(&report), expected);
        assert_eq!(serde_json::from_str::<Value>(&write(&report)).ok(), Some(report));
    }
}
