//! Drives a session with made-up events, in any order, doubled, with some missing, of threads that nobody has told of.
//! The ids are such that no thread can have them: every request to the kernel answers ESRCH, as for the killed.

use crate::machine::Goal;
use crate::options::Options;
use crate::session::Session;
use crate::source::Source;
use crate::stop::made_up::{at_call, at_event, at_pick, at_signal};
use crate::stop::{Death, Finding, Stop};
use crate::table::Table;
use proptest::prelude::*;
use std::collections::BTreeSet;
use tracer::{Event, Flow, Sink, Tid, Tracee, What};

/// No id is as high (`PID_MAX_LIMIT`, linux/threads.h).
const FIRST: i32 = 1 << 30;

/// As many threads take part.
const THREADS: i32 = 5;

/// What happens to a thread.
#[derive(Clone, Copy, Debug)]
enum Happening {
    Entry,
    Exit,
    Picked { ours: bool },
    Signal,
    Group,
    Event(i32),
    Makes(Tid),
    TakesOver(Tid),
    Dies,
    Time,
}

fn somebody() -> impl Strategy<Value = Tid> {
    (0..THREADS).prop_map(|number| Tid(FIRST + number))
}

fn happening() -> impl Strategy<Value = Happening> {
    prop_oneof![
        3 => Just(Happening::Entry),
        3 => Just(Happening::Exit),
        3 => any::<bool>().prop_map(|ours| Happening::Picked { ours }),
        1 => Just(Happening::Signal),
        1 => Just(Happening::Group),
        3 => prop::sample::select(vec![libc::PTRACE_EVENT_STOP, libc::PTRACE_EVENT_EXEC, libc::PTRACE_EVENT_EXIT,
            libc::PTRACE_EVENT_VFORK_DONE]).prop_map(Happening::Event),
        3 => somebody().prop_map(Happening::Makes),
        1 => somebody().prop_map(Happening::TakesOver),
        2 => Just(Happening::Dies),
        1 => Just(Happening::Time),
    ]
}

/// Hears what is told, and checks that it makes sense.
#[derive(Default)]
struct Listener {
    living: BTreeSet<Tid>,
    inside: BTreeSet<Tid>,
    deaths: usize,
    nonsense: Vec<String>,
}

impl Listener {
    fn check(&mut self, holds: bool, event: &Event<'_>) {
        if !holds {
            self.nonsense.push(format!("{} {:?}", event.tid, event.what));
        }
    }
}

impl Sink for Listener {
    fn event(&mut self, event: &Event<'_>, tracee: &dyn Tracee) -> Flow {
        let tid = event.tid;
        assert_eq!((tracee.tid(), tracee.read(0, &mut [0])), (tid, 0));
        let lived = self.living.contains(&tid);
        match event.what {
            What::Born { .. } => {
                let is_new = self.living.insert(tid);
                self.check(is_new, event);
                self.inside.remove(&tid);
            }
            What::Exited { .. } | What::Killed { .. } => {
                let lived = self.living.remove(&tid);
                self.check(lived, event);
                self.deaths += 1;
            }
            What::Superseded { .. } | What::Detached => {
                self.living.remove(&tid);
            }
            What::Exec { former } => {
                self.living.remove(&former);
                self.living.insert(tid);
                self.inside.insert(tid);
            }
            What::Enter(_) => {
                self.check(lived, event);
                self.inside.insert(tid);
            }
            What::Exit(_) => {
                let inside = self.inside.remove(&tid);
                self.check(lived && inside, event);
            }
            _ => self.check(lived, event),
        }
        Flow::Continue
    }
}

/// The stop that a happening makes.
fn stop(tid: Tid, happening: Happening) -> Option<Stop> {
    Some(match happening {
        Happening::Entry => at_call(tid, true),
        Happening::Exit => at_call(tid, false),
        Happening::Picked { ours } => at_pick(tid, ours),
        Happening::Signal => at_signal(tid, libc::SIGUSR1, false),
        Happening::Group => at_signal(tid, libc::SIGSTOP, true),
        Happening::Event(event) => at_event(tid, event),
        Happening::Makes(_) | Happening::TakesOver(_) | Happening::Dies | Happening::Time => return None,
    })
}

/// Lets it happen, as if the kernel had told of it.
fn happen(session: &mut Session<'_>, tid: Tid, happening: Happening) {
    let is_known = session.table.get(tid).is_some();
    match (happening, stop(tid, happening)) {
        (_, Some(stop)) if is_known => session.thread(tid, Finding::Stop(stop)),
        (_, Some(stop)) => session.stranger(tid, stop),
        (Happening::Makes(child), _) if child != tid => session.made(child, tid),
        (Happening::Dies, _) if is_known => session.thread(tid, Finding::Dead(Death::Exited(0))),
        (Happening::Dies, _) => session.table.ended_early(tid, Death::Exited(0)),
        (Happening::TakesOver(former), _) => session.took_over(tid, former),
        (Happening::Time, _) => session.adopt(true),
        _ => {}
    }
}

/// What was heard of these happenings, once all who were waited for have had their time, and what was known then.
fn live(life: &[(Tid, Happening)], goal: Goal) -> (Listener, Table) {
    let mut listener = Listener::default();
    let options = Options { follow: true, ..Options::default() };
    let source = Source::new(options.interruptible, options.wakeup).unwrap();
    let mut session = Session::new(&options, &mut listener, source);
    session.goal = goal;
    for &(tid, happening) in life {
        happen(&mut session, tid, happening);
    }
    session.adopt(true);
    let left_behind = session.table.kept();
    assert!(goal != Goal::Trace || left_behind.is_empty(), "{left_behind:?} stand still");
    let table = session.table;
    (listener, table)
}

fn hear(life: &[(Tid, Happening)], goal: Goal) -> Listener {
    live(life, goal).0
}

proptest! {
    #[test]
    fn whatever_happens_what_is_told_makes_sense(life in prop::collection::vec((somebody(), happening()), 0..60)) {
        let calm = life.into_iter().filter(|(_, happening)| !matches!(happening, Happening::TakesOver(_)));
        let calm: Vec<_> = calm.collect();
        let heard = hear(&calm, Goal::Trace);
        prop_assert_eq!(heard.nonsense, Vec::<String>::new());
    }

    #[test]
    fn every_death_is_told(life in prop::collection::vec((somebody(), happening()), 0..60)) {
        // Nobody dies twice without a sign of life in between.
        let mut last = None;
        let once: Vec<_> = life.into_iter().filter(|&(tid, happening)| {
            let again = matches!(happening, Happening::Dies) && last == Some(tid);
            last = matches!(happening, Happening::Dies).then_some(tid);
            !again
        }).collect();
        let heard = hear(&once, Goal::Trace);
        let deaths: BTreeSet<Tid> =
            once.iter().filter(|(_, happening)| matches!(happening, Happening::Dies)).map(|&(tid, _)| tid).collect();
        prop_assert!(heard.deaths >= deaths.len());
    }

    #[test]
    fn ids_that_are_taken_over_leave_nobody_behind(
        life in prop::collection::vec((somebody(), happening()), 0..60),
        goal in prop::sample::select(vec![Goal::Trace, Goal::LetGo, Goal::Kill]),
    ) {
        hear(&life, goal);
    }
}

#[test]
fn a_child_is_under_its_maker_s_filter_from_birth_on() {
    let (maker, child) = (Tid(FIRST), Tid(FIRST + 1));
    let first_stop = |tid| (tid, Happening::Event(libc::PTRACE_EVENT_STOP));
    let made = (maker, Happening::Makes(child));
    for ours in [true, false] {
        let begin = [first_stop(maker), (maker, Happening::Time), (maker, Happening::Picked { ours })];
        for birth in [[made, first_stop(child)], [first_stop(child), made]] {
            let (_, table) = live(&[begin.as_slice(), &birth].concat(), Goal::Trace);
            assert_eq!(table.get(child).map(|child| child.filtered), Some(ours), "{birth:?}");
        }
    }
}
