//! All scenarios, in the order of the contract.

mod v;

use crate::scenario::Scenario;

/// All of them.
pub fn all() -> Vec<&'static Scenario> {
    [v::SCENARIOS].into_iter().flatten().collect()
}
