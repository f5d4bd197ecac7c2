//! Must not compile: E0624
fn f(vault: &store::keep::Vault) {
    let _ = vault.kernel();
}
fn main() {}
