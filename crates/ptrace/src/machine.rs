//! What a thread's next stop means, and what to do about it: pure, one readable table.
//!
//! A thread is in one [`Phase`]; a [`Seen`] thing happens to it; the [`Step`] says what to tell, what to
//! do with the thread, and in which phase it is then. Nothing here touches the kernel.

/// Where a thread is in its traced life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    /// Our child before it executes the command. What it does is ours and not told; the execve is.
    Held,
    /// The command's execve is under way.
    Starting,
    /// Taken hold of and asked to stop; the first stop is still to come.
    Seized,
    /// Its creation was told; the first stop is still to come.
    Newborn,
    /// Its first stop came before its creation was told; it stands still until then.
    Parked,
    /// Not in a call whose entry was seen.
    Outside,
    /// In a call whose entry was seen.
    Inside,
    /// Standing in a stop that was collected, until its sub-threads are let go of.
    Kept,
}

/// What can be seen of a thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Seen {
    /// A call is about to be made; whether it is an execve.
    Entry {
        /// Whether the call is one of the execve family.
        exec: bool,
    },
    /// A call has come back.
    Exit,
    /// A filter has stopped the thread at a call that is about to be made.
    Picked {
        /// Whether it is our filter, and not one of the tracee's own.
        ours: bool,
    },
    /// A signal is about to be delivered.
    Signal,
    /// The thread has joined a group-stop.
    Group,
    /// A stop without meaning of its own: the first, the answer to an interrupt, the end of a group-stop.
    Trap,
    /// An execve succeeded.
    Exec,
    /// The thread is about to end.
    Exiting,
    /// Any other event (a child was made, a vfork is over): told elsewhere or not at all.
    Event,
}

/// What the tracer wants of its tracees at present.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Goal {
    /// To trace them.
    Trace,
    /// To let go of them.
    LetGo,
    /// To see them end; they have been killed.
    Kill,
}

/// What to tell the sink.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Report {
    /// Nothing.
    Nothing,
    /// `What::Enter`.
    Enter,
    /// `What::Exit`.
    Exit,
    /// `What::Signal`.
    Signal,
    /// `What::Stopped`.
    Stopped,
    /// `What::Exec`.
    Exec,
    /// `What::Exiting`.
    Exiting,
}

/// What to do with the thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// Let it go on as it would without us: with its signal, in its group-stop.
    Go(Until),
    /// Let go of it.
    Detach,
    /// Kill its process.
    Kill,
    /// Leave it where it is.
    Keep,
}

/// Up to where a thread runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Until {
    /// To the next entry or exit of a call.
    Call,
    /// To the next call that the filter picks.
    Picked,
}

/// The outcome of one stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Step {
    /// The phase from now on.
    pub(crate) phase: Phase,
    /// Whether our filter is known to be in effect for it from now on.
    pub(crate) filtered: bool,
    /// Whether to tell first that the thread was born.
    pub(crate) born: bool,
    /// What to tell.
    pub(crate) report: Report,
    /// What to do.
    pub(crate) answer: Answer,
}

/// The table: a thread in `phase`, for which our filter is known to be in effect (`filtered`) or not, is `seen` at a stop.
pub(crate) fn step(phase: Phase, filtered: bool, goal: Goal, seen: Seen) -> Step {
    let (next, report) = match (phase, seen) {
        (Phase::Held, Seen::Entry { exec: true }) => (Phase::Starting, Report::Enter),
        (Phase::Held, Seen::Entry { exec: false } | Seen::Exit) => (Phase::Held, Report::Nothing),
        // Back from the execve: with the command (`Exec` came before), or to tell that it failed.
        (Phase::Starting, Seen::Exit) => (Phase::Held, Report::Exit),
        (Phase::Held | Phase::Starting, _) if !matches!(seen, Seen::Exec | Seen::Exiting) => (phase, report_of(seen)),
        // An execve that the filter has let pass, of which the exit does not matter either.
        (Phase::Outside, Seen::Exec) if filtered => (Phase::Outside, Report::Exec),
        (_, Seen::Exec) => (Phase::Inside, Report::Exec),
        // It has stopped at the entry of this call before.
        (Phase::Inside, Seen::Picked { .. }) => (Phase::Inside, Report::Nothing),
        (_, Seen::Entry { .. } | Seen::Picked { .. }) => (Phase::Inside, Report::Enter),
        (Phase::Inside, Seen::Exit) => (Phase::Outside, Report::Exit),
        // The end of a call whose entry came before us, or of the call that made this thread.
        (_, Seen::Exit) => (Phase::Outside, Report::Nothing),
        (_, Seen::Exiting) => (Phase::Outside, Report::Exiting),
        (Phase::Inside, _) => (Phase::Inside, report_of(seen)),
        (_, _) => (Phase::Outside, report_of(seen)),
    };
    let filtered = filtered || seen == Seen::Picked { ours: true };
    let answer = match goal {
        Goal::Trace => Answer::Go(until(next, filtered)),
        Goal::LetGo => Answer::Detach,
        Goal::Kill => Answer::Kill,
    };
    Step { phase: next, filtered, born: is_unborn(phase), report, answer }
}

/// Up to where a thread runs that goes on in this phase.
const fn until(phase: Phase, filtered: bool) -> Until {
    match phase {
        Phase::Outside if filtered => Until::Picked,
        _ => Until::Call,
    }
}

/// Whether the sink has not heard of a thread in this phase.
pub(crate) fn is_unborn(phase: Phase) -> bool {
    matches!(phase, Phase::Newborn | Phase::Parked)
}

/// Whether a thread in this phase runs, so that it has to be interrupted to be let go of.
pub(crate) fn is_running(phase: Phase) -> bool {
    !matches!(phase, Phase::Parked | Phase::Kept)
}

/// The first stop of a thread that nobody has told of yet.
pub(crate) fn stranger(goal: Goal) -> Step {
    let (phase, answer) = match goal {
        Goal::Trace => (Phase::Parked, Answer::Keep),
        Goal::LetGo => (Phase::Outside, Answer::Detach),
        Goal::Kill => (Phase::Outside, Answer::Kill),
    };
    Step { phase, filtered: false, born: goal != Goal::Trace, report: Report::Nothing, answer }
}

/// What is told of those things that are told in every phase.
fn report_of(seen: Seen) -> Report {
    match seen {
        Seen::Signal => Report::Signal,
        Seen::Group => Report::Stopped,
        Seen::Exec => Report::Exec,
        Seen::Exiting => Report::Exiting,
        Seen::Entry { .. } | Seen::Exit | Seen::Picked { .. } | Seen::Trap | Seen::Event => Report::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn anything_seen() -> impl Strategy<Value = Seen> {
        prop_oneof![
            any::<bool>().prop_map(|exec| Seen::Entry { exec }),
            Just(Seen::Exit),
            any::<bool>().prop_map(|ours| Seen::Picked { ours }),
            Just(Seen::Signal),
            Just(Seen::Group),
            Just(Seen::Trap),
            Just(Seen::Exec),
            Just(Seen::Exiting),
            Just(Seen::Event),
        ]
    }

    fn first_phase() -> impl Strategy<Value = Phase> {
        prop_oneof![Just(Phase::Held), Just(Phase::Seized), Just(Phase::Newborn), Just(Phase::Parked)]
    }

    /// All steps of a thread's life.
    fn live(first: Phase, life: &[Seen]) -> Vec<Step> {
        let (mut phase, mut filtered) = (first, false);
        life.iter()
            .map(|&seen| {
                let step = step(phase, filtered, Goal::Trace, seen);
                (phase, filtered) = (step.phase, step.filtered);
                step
            })
            .collect()
    }

    proptest! {
        #[test]
        fn no_exit_is_told_without_its_entry(first in first_phase(), life in prop::collection::vec(anything_seen(), 0..30)) {
            let mut inside = false;
            for step in live(first, &life) {
                match step.report {
                    // An execve whose entry came before us, or that was another thread's call, is told by itself.
                    Report::Enter => inside = true,
                    Report::Exec => inside = step.phase == Phase::Inside,
                    Report::Exit => prop_assert!(std::mem::take(&mut inside)),
                    Report::Exiting => inside = false,
                    _ => {}
                }
            }
        }

        #[test]
        fn a_birth_is_told_once_and_first(first in first_phase(), life in prop::collection::vec(anything_seen(), 1..30)) {
            for (at, step) in live(first, &life).iter().enumerate() {
                prop_assert_eq!(step.born, at == 0 && is_unborn(first));
            }
        }

        #[test]
        fn of_a_held_child_only_execves_are_told(life in prop::collection::vec(anything_seen(), 0..30)) {
            let calls = life.iter().map(|&seen| match seen {
                Seen::Entry { .. } => Seen::Entry { exec: false },
                Seen::Exec | Seen::Exiting => Seen::Trap,
                seen => seen,
            });
            for step in live(Phase::Held, &calls.collect::<Vec<_>>()) {
                prop_assert!(!matches!(step.report, Report::Enter | Report::Exit));
            }
        }

        #[test]
        fn no_signal_and_no_stop_goes_untold(first in first_phase(), life in prop::collection::vec(anything_seen(), 0..30)) {
            for (step, seen) in live(first, &life).iter().zip(&life) {
                prop_assert_eq!(step.report == Report::Signal, *seen == Seen::Signal);
                prop_assert_eq!(step.report == Report::Stopped, *seen == Seen::Group);
                prop_assert!(matches!(step.answer, Answer::Go(_)));
            }
        }

        #[test]
        fn whoever_is_let_go_of_between_entry_and_exit_is_known_to_be_inside(
            first in first_phase(),
            life in prop::collection::vec(anything_seen(), 0..30),
            last in anything_seen(),
        ) {
            // A call that was changed at its entry is to be finished or undone there: V10.
            let before = live(first, &life);
            let (phase, filtered) = before.last().map_or((first, false), |step| (step.phase, step.filtered));
            let way_out = step(phase, filtered, Goal::LetGo, last);
            let was_inside = phase == Phase::Inside;
            let is_inside = match last {
                Seen::Entry { .. } | Seen::Picked { .. } => true,
                Seen::Exec => !(filtered && phase == Phase::Outside),
                Seen::Exit | Seen::Exiting => false,
                Seen::Signal | Seen::Group | Seen::Trap | Seen::Event => was_inside,
            };
            let is_ours = matches!(phase, Phase::Held | Phase::Starting);
            prop_assert_eq!(way_out.answer, Answer::Detach);
            prop_assert!(is_ours || (way_out.phase == Phase::Inside) == is_inside, "{:?} {:?}", phase, way_out);
        }

        #[test]
        fn while_letting_go_every_stop_is_a_way_out(first in first_phase(), seen in anything_seen()) {
            prop_assert_eq!(step(first, false, Goal::LetGo, seen).answer, Answer::Detach);
            prop_assert_eq!(step(first, true, Goal::LetGo, seen).answer, Answer::Detach);
            prop_assert_eq!(stranger(Goal::LetGo).answer, Answer::Detach);
            prop_assert_eq!(step(first, true, Goal::Kill, seen).answer, Answer::Kill);
            prop_assert_eq!(stranger(Goal::Kill).answer, Answer::Kill);
        }

        #[test]
        fn with_a_filter_what_it_picks_is_told_and_nothing_else_stops(
            filtered in any::<bool>(),
            calls in prop::collection::vec(any::<bool>(), 0..20),
        ) {
            let mut thread = Thread { phase: Phase::Outside, filtered, until: until(Phase::Outside, filtered), stops: 0 };
            for (at, &picked) in calls.iter().enumerate() {
                let was_filtered = thread.filtered;
                let before = thread.stops;
                let told = thread.call(picked);
                let expected: &[Report] = if picked || !was_filtered { &[Report::Enter, Report::Exit] } else { &[] };
                prop_assert_eq!(&told, expected, "call {}", at);
                prop_assert_eq!(thread.stops - before, match (was_filtered, picked) {
                    (true, false) => 0,
                    (true, true) | (false, false) => 2,
                    (false, true) => 3,
                });
                prop_assert_eq!(thread.filtered, was_filtered || picked);
            }
        }
    }

    /// A thread under a filter, as the kernel runs it.
    struct Thread {
        phase: Phase,
        filtered: bool,
        until: Until,
        stops: usize,
    }

    impl Thread {
        /// Makes a call; what is told of it.
        fn call(&mut self, picked: bool) -> Vec<Report> {
            let mut told = Vec::new();
            if self.until == Until::Call {
                told.push(self.stop(Seen::Entry { exec: false }));
            }
            if picked {
                told.push(self.stop(Seen::Picked { ours: true }));
            }
            if self.until == Until::Call {
                told.push(self.stop(Seen::Exit));
            }
            told.retain(|&report| report != Report::Nothing);
            told
        }

        fn stop(&mut self, seen: Seen) -> Report {
            let step = step(self.phase, self.filtered, Goal::Trace, seen);
            (self.phase, self.filtered) = (step.phase, step.filtered);
            self.stops += 1;
            if let Answer::Go(until) = step.answer {
                self.until = until;
            }
            step.report
        }
    }

    #[test]
    fn the_filter_of_a_tracee_is_not_taken_for_ours() {
        let picked = step(Phase::Outside, false, Goal::Trace, Seen::Picked { ours: false });
        assert_eq!((picked.filtered, picked.phase, picked.report), (false, Phase::Inside, Report::Enter));
    }

    #[test]
    fn of_an_execve_that_the_filter_lets_pass_only_the_success_is_told() {
        let exec = step(Phase::Outside, true, Goal::Trace, Seen::Exec);
        assert_eq!((exec.phase, exec.report, exec.answer), (Phase::Outside, Report::Exec, Answer::Go(Until::Picked)));
    }

    #[test]
    fn a_command_that_cannot_be_executed_is_told_up_to_the_failure() {
        let life = [
            Seen::Trap,
            Seen::Entry { exec: false },
            Seen::Exit,
            Seen::Entry { exec: true },
            Seen::Exit,
            Seen::Entry { exec: false },
        ];
        let reports: Vec<Report> = live(Phase::Held, &life).iter().map(|step| step.report).collect();
        let nothing = Report::Nothing;
        assert_eq!(reports, [nothing, nothing, nothing, Report::Enter, Report::Exit, nothing]);
    }

    #[test]
    fn a_new_thread_does_not_come_back_from_the_call_that_made_it() {
        let life = [Seen::Trap, Seen::Exit, Seen::Entry { exec: false }, Seen::Exit];
        let reports: Vec<Report> = live(Phase::Newborn, &life).iter().map(|step| step.report).collect();
        assert_eq!(reports, [Report::Nothing, Report::Nothing, Report::Enter, Report::Exit]);
    }
}
