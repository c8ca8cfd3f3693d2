"""Prints the code points that the embedded Japanese font keeps, one a line."""

code_points = set(range(0x20, 0x7F)) | set(range(0xA0, 0x180))
for charset in ("cp932", "euc_jp", "euc_jis_2004", "shift_jis_2004"):
    prefixes = (b"", b"\x8f") if charset.startswith("euc") else (b"",)
    for lead in range(0x81, 0x100):
        for trail in range(0x40, 0x100):
            for prefix in prefixes:
                try:
                    code_points.update(map(ord, (prefix + bytes([lead, trail])).decode(charset)))
                except UnicodeDecodeError:
                    pass
for first, last in [
    (0x0370, 0x03FF), (0x0400, 0x04FF), (0x2000, 0x20BF), (0x2100, 0x24FF), (0x2500, 0x27BF), (0x3000, 0x30FF),
    (0x31F0, 0x33FF), (0xFF00, 0xFFEF),
]:
    code_points.update(range(first, last + 1))
code_points.add(0x20BB7)  # 𠮷, frequent in family names and not in JIS X 0213
print("\n".join(f"U+{code_point:04X}" for code_point in sorted(code_points)))
