use super::*;

#[test]
fn every_built_in_file_is_read() {
    assert_eq!(faults(), []);
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/providers");
    let mut there: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    there.sort();
    let mut built_in: Vec<&str> = rulesets().iter().map(|ruleset| ruleset.id.as_str()).collect();
    built_in.sort_unstable();
    assert_eq!(built_in, there);
    assert_eq!(rulesets()[0].id, "gmail");
}

#[test]
fn no_two_providers_claim_a_domain_or_rule() {
    for one in rulesets() {
        for other in rulesets().iter().filter(|other| other.id != one.id) {
            assert!(!one.domains.iter().any(|domain| other.owns(domain)), "{} and {}", one.id, other.id);
            assert!(!one.hosts.iter().any(|host| other.runs(host)), "{} and {}", one.id, other.id);
            for rule in &one.rules {
                assert!(!other.rules.iter().any(|theirs| theirs.id == rule.id), "{}", rule.id);
            }
        }
    }
}
