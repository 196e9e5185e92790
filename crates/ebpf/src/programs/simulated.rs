//! The programs that count, run without a kernel: one thread, a clock that is set by hand, and tables for maps.

use super::{Counting, Maps, Traits, Unasked, count};
use crate::assembler::Program;
use crate::layout::{NUMBERS, WANTED, sums, thread};
use crate::record::number;
use crate::uapi;
use std::cell::RefCell;
use std::collections::HashMap;

/// The descriptors of the maps.
const THREADS: i32 = 1;
const ROOTS: i32 = 2;
const SUMS: i32 = 3;
const MAPS: Maps = Maps {
    threads: THREADS,
    roots: ROOTS,
    sums: SUMS,
    asked: 4,
    counters: 5,
    ops: 6,
    cases: 7,
    scratch: 8,
    ring: 9,
    kept_back: 10,
    kept: 11,
};

/// How much memory there is for values, which never moves.
const ARENA: usize = 1 << 16;

/// The thread that runs: its `task_struct`, whose status says that its calls are 64-bit ones.
static TASK: [u64; 8] = [0; 8];

/// What the programs see of the world.
struct World {
    arena: Box<[u8]>,
    used: usize,
    /// Where the values are, by map and key.
    values: HashMap<(i32, Vec<u8>), usize>,
    now: u64,
}

thread_local! {
    static WORLD: RefCell<World> = RefCell::new(World {
        arena: vec![0; ARENA].into(),
        used: 0,
        values: HashMap::new(),
        now: 0,
    });
}

impl World {
    /// Sets a value, in new memory.
    fn set(&mut self, map: i32, key: &[u8], value: &[u8]) {
        let place = self.used;
        self.arena[place..place + value.len()].copy_from_slice(value);
        self.used += value.len().next_multiple_of(8);
        self.values.insert((map, key.to_vec()), place);
    }

    fn address(&self, place: usize) -> u64 {
        self.arena.as_ptr() as u64 + place as u64
    }
}

/// The bytes at an address that a program has given.
fn bytes(address: u64, length: usize) -> Vec<u8> {
    // SAFETY: the programs under test give addresses on their stack, in the arena, or of what the test has passed to them, all of
    // which live while they run and are longer than what is read here.
    unsafe { std::slice::from_raw_parts(address as *const u8, length) }.to_vec()
}

/// The lengths of a map's keys and values.
fn lengths(map: u64) -> (usize, usize) {
    match map as i32 {
        THREADS => (8, thread::SIZE as usize),
        SUMS => (sums::KEY as usize, sums::SIZE as usize),
        other => panic!("nobody looks into map {other}"),
    }
}

fn look_up(map: u64, key: u64, _: u64, _: u64, _: u64) -> u64 {
    let key = bytes(key, lengths(map).0);
    WORLD.with_borrow(|world| world.values.get(&(map as i32, key)).map_or(0, |place| world.address(*place)))
}

fn update(map: u64, key: u64, value: u64, _: u64, _: u64) -> u64 {
    let (key_length, length) = lengths(map);
    WORLD.with_borrow_mut(|world| world.set(map as i32, &bytes(key, key_length), &bytes(value, length)));
    0
}

fn read_kernel(to: u64, length: u64, from: u64, _: u64, _: u64) -> u64 {
    let read = bytes(from, length as usize);
    // SAFETY: the programs under test read into their stack, as much as there is room.
    unsafe { (to as *mut u8).copy_from_nonoverlapping(read.as_ptr(), read.len()) };
    0
}

/// Runs a program with what its tracepoint tells.
fn run(program: &Program, told: [u64; 2]) {
    let (start, roots) = WORLD.with_borrow(|world| {
        let roots = world.values.get(&(ROOTS, Vec::new())).map_or(0, |place| world.address(*place));
        (world.address(0), roots)
    });
    let code = program.bytes_with(|map, offset| if map == ROOTS { roots + offset } else { start });
    let mut machine = rbpf::EbpfVmRaw::new(Some(&code)).unwrap();
    machine.register_allowed_memory(start..start + ARENA as u64);
    let helpers: [(i32, rbpf::Helper); 6] = [
        (uapi::LOOKUP, look_up),
        (uapi::UPDATE, update),
        (uapi::READ_KERNEL, read_kernel),
        (uapi::TIME, |_, _, _, _, _| WORLD.with_borrow(|world| world.now)),
        (uapi::CPU, |_, _, _, _, _| 0),
        (uapi::TASK, |_, _, _, _, _| TASK.as_ptr() as u64),
    ];
    for (helper, function) in helpers {
        machine.register_helper(helper as u32, function).unwrap();
    }
    let mut context: Vec<u8> = told.iter().flat_map(|word| word.to_le_bytes()).collect();
    machine.execute_program(&mut context).unwrap();
}

/// The programs for entries and exits, and the registers that they are told.
struct Simulation {
    enter: Program,
    exit: Program,
    registers: [u64; 21],
}

impl Simulation {
    /// One thread that is traced, and one call that is wanted.
    fn new(counting: Counting, wanted: u64) -> Self {
        let mut roots = vec![0; 4 * 3 * NUMBERS as usize];
        roots[4 * wanted as usize..][..4].copy_from_slice(&WANTED.to_le_bytes());
        let mut known = [0; thread::SIZE as usize];
        let flags = thread::ANNOUNCED | thread::SYNCED;
        known[thread::FLAGS as usize..][..4].copy_from_slice(&flags.to_le_bytes());
        WORLD.with_borrow_mut(|world| {
            world.set(ROOTS, &[], &roots);
            world.set(THREADS, &(TASK.as_ptr() as u64).to_le_bytes(), &known);
        });
        let (unasked, counted) = (Unasked::Nobody, Some(counting));
        let traits = Traits { follow: false, tracer: 1, unasked, members: None, outcomes: None, counting: counted };
        Self {
            enter: count::enter(MAPS, traits).unwrap(),
            exit: count::exit(MAPS, traits, counting).unwrap(),
            registers: [0; 21],
        }
    }

    /// A call enters at a time and comes back at another.
    fn call(&self, number: u64, from: u64, until: u64, result: i64) {
        let registers = self.registers.as_ptr() as u64;
        WORLD.with_borrow_mut(|world| world.now = from);
        run(&self.enter, [registers, number]);
        WORLD.with_borrow_mut(|world| world.now = until);
        run(&self.exit, [registers, result as u64]);
    }

    /// What was counted of a call, where anything was.
    fn sums(&self, number: u64) -> Option<Vec<u8>> {
        let mut key = vec![0; sums::KEY as usize];
        key[sums::NUMBER as usize..][..8].copy_from_slice(&number.to_le_bytes());
        WORLD.with_borrow(|world| {
            let place = *world.values.get(&(SUMS, key))?;
            Some(world.arena[place..place + sums::SIZE as usize].to_vec())
        })
    }
}

const ALL: Counting = Counting { overhead: 0, successes: true, failures: true };

fn word(sums: &[u8], place: i16) -> u64 {
    number(sums, place as usize)
}

#[test]
fn calls_are_added_up() {
    let simulation = Simulation::new(ALL, 7);
    simulation.call(7, 1000, 4000, 5);
    simulation.call(7, 5000, 5100, -2);
    simulation.call(8, 6000, 6100, 0);
    let counted = simulation.sums(7).unwrap();
    assert_eq!(
        [sums::CALLS, sums::ERRORS, sums::TOTAL, sums::LONGEST].map(|at| word(&counted, at)),
        [2, 1, 3100, 3000]
    );
    assert_eq!(u64::MAX - word(&counted, sums::BELOW_MOST), 100);
    let buckets: Vec<u64> = (0..40).map(|bucket| word(&counted, sums::BUCKETS + 8 * bucket)).collect();
    assert_eq!((buckets[6], buckets[11], buckets.iter().sum::<u64>()), (1, 1, 2));
    assert_eq!(simulation.sums(8), None, "it is not wanted");
}

#[test]
fn an_interrupted_call_counts_when_its_thread_goes_on() {
    let simulation = Simulation::new(ALL, 7);
    simulation.call(7, 1000, 1001, -512);
    assert_eq!(simulation.sums(7), None, "the thread may be at its end");
    simulation.call(8, 2000, 2001, 0);
    let counted = simulation.sums(7).unwrap();
    assert_eq!([sums::CALLS, sums::ERRORS, sums::TOTAL].map(|at| word(&counted, at)), [1, 1, 1]);
}

#[test]
fn only_some_outcomes_count_and_no_overhead_makes_time_negative() {
    let simulation = Simulation::new(Counting { overhead: 50, successes: true, failures: false }, 7);
    simulation.call(7, 1000, 1070, 0);
    simulation.call(7, 2000, 2010, 0);
    simulation.call(7, 3000, 3500, -1);
    let counted = simulation.sums(7).unwrap();
    assert_eq!([sums::CALLS, sums::ERRORS, sums::TOTAL].map(|at| word(&counted, at)), [2, 0, 20]);
}
