//! Types and enumerators out of the DWARF debugging information.

use std::borrow::Cow;
use std::collections::HashMap;

use anyhow::{Context, Result, bail, ensure};
use gimli::{AttributeValue, DebuggingInformationEntry, Dwarf, EndianArcSlice, LittleEndian, Unit, UnitOffset};
use object::{Object, ObjectSection, ObjectSymbol, RelocationTarget};

use crate::defines::{Position, header_name};

type Reader = EndianArcSlice<LittleEndian>;
type Entry<'a> = DebuggingInformationEntry<Reader>;

/// A constant of an `enum`.
pub struct Enumerator {
    /// Its name.
    pub name: String,
    /// Its value, zero-extended from the width of the `enum`.
    pub value: u64,
    /// Where the `enum` begins, with the index in it.
    pub position: Position,
}

/// A member of a structure, flattened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Dotted path.
    pub name: String,
    /// Bytes from the beginning.
    pub offset: u64,
    /// Bytes of all of it.
    pub size: u64,
    /// Elements of an array, else 0.
    pub count: u64,
    /// Whether the number is signed.
    pub signed: bool,
}

/// The layout of a structure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// Bytes.
    pub size: u64,
    /// All members.
    pub members: Vec<Member>,
}

/// The types of one translation unit.
pub struct Types {
    dwarf: Dwarf<Reader>,
    unit: Unit<Reader>,
    structures: HashMap<String, UnitOffset>,
    enums: Vec<UnitOffset>,
}

impl Types {
    /// Reads an object file.
    pub fn read(object: &[u8]) -> Result<Self> {
        let file = object::File::parse(object)?;
        let dwarf = Dwarf::load(|id| -> Result<Reader> {
            let data = section_data(&file, id.name())?;
            Ok(EndianArcSlice::new(data.into(), LittleEndian))
        })?;
        let header = dwarf.units().next()?.context("the object has no debugging information")?;
        let unit = dwarf.unit(header)?;
        let mut types = Self { dwarf, unit, structures: HashMap::new(), enums: Vec::new() };
        types.index()?;
        Ok(types)
    }

    /// Finds structures by tag or typedef, and the enums. A tag wins over a typedef.
    fn index(&mut self) -> Result<()> {
        let mut typedefs = Vec::new();
        let mut entries = self.unit.entries();
        while let Some(entry) = entries.next_dfs()? {
            match entry.tag() {
                gimli::DW_TAG_enumeration_type => self.enums.push(entry.offset()),
                gimli::DW_TAG_structure_type | gimli::DW_TAG_union_type if !is_declaration(entry) => {
                    if let Some(name) = self.name(entry)? {
                        self.structures.entry(name).or_insert(entry.offset());
                    }
                }
                gimli::DW_TAG_typedef => {
                    if let (Some(name), Some(target)) = (self.name(entry)?, type_of(entry)) {
                        typedefs.push((name, target));
                    }
                }
                _ => {}
            }
        }
        for (name, target) in typedefs {
            self.structures.entry(name).or_insert(target);
        }
        Ok(())
    }

    /// The constants of every `enum`.
    pub fn enumerators(&self) -> Result<Vec<Enumerator>> {
        let mut all = Vec::new();
        for &at in &self.enums {
            self.add_enumerators(at, &mut all)?;
        }
        Ok(all)
    }

    fn add_enumerators(&self, at: UnitOffset, all: &mut Vec<Enumerator>) -> Result<()> {
        let entry = self.unit.entry(at)?;
        let wide = entry.attr_value(gimli::DW_AT_byte_size).and_then(|v| v.udata_value()) == Some(8);
        let (header, line) = self.declared_at(&entry)?;
        for (index, child) in self.children(at)?.iter().enumerate() {
            let Some(name) = self.name(child)? else {
                continue;
            };
            let value = match child.attr_value(gimli::DW_AT_const_value) {
                Some(AttributeValue::Sdata(value)) => value as u64,
                Some(value) => value.udata_value().context("an enumerator is not a number")?,
                None => bail!("the enumerator {name} has no value"),
            };
            let value = if wide { value } else { value & 0xffff_ffff };
            let position = Position { header: header.clone(), line, index: index as u32 };
            all.push(Enumerator { name, value, position });
        }
        Ok(())
    }

    fn declared_at(&self, entry: &Entry) -> Result<(String, u32)> {
        let line = entry.attr_value(gimli::DW_AT_decl_line).and_then(|v| v.udata_value()).unwrap_or(0);
        let Some(AttributeValue::FileIndex(index)) = entry.attr_value(gimli::DW_AT_decl_file) else {
            return Ok((String::new(), 0));
        };
        let program = self.unit.line_program.as_ref().context("no table of files")?;
        let file = program.header().file(index).context("no such file in the table of files")?;
        let mut path = String::new();
        if let Some(directory) = file.directory(program.header()) {
            path.push_str(&self.text(directory)?);
            path.push('/');
        }
        path.push_str(&self.text(file.path_name())?);
        Ok((header_name(&path), line as u32))
    }

    /// The layout of a structure, union or typedef of one.
    pub fn layout(&self, name: &str) -> Result<Option<Layout>> {
        let Some(&at) = self.structures.get(name) else {
            return Ok(None);
        };
        let at = self.resolved(at)?;
        if !self.is_structure(at)? {
            return Ok(None);
        }
        let mut members = Vec::new();
        self.flatten(at, "", 0, &mut members).with_context(|| format!("struct {name}"))?;
        Ok(Some(Layout { size: self.size(at)?, members }))
    }

    fn flatten(&self, at: UnitOffset, prefix: &str, base: u64, out: &mut Vec<Member>) -> Result<()> {
        for child in self.children(at)? {
            if child.tag() != gimli::DW_TAG_member || child.attr(gimli::DW_AT_bit_size).is_some() {
                continue;
            }
            let offset = child
                .attr_value(gimli::DW_AT_data_member_location)
                .map_or(Some(0), |v| v.udata_value())
                .context("a member's place is not a number")?;
            let target = self.resolved(type_of(&child).context("a member has no type")?)?;
            let Some(name) = self.name(&child)? else {
                self.flatten(target, prefix, base + offset, out)?;
                continue;
            };
            let name = format!("{prefix}{name}");
            out.push(self.member(&name, base + offset, target)?);
            if self.is_structure(target)? {
                self.flatten(target, &format!("{name}."), base + offset, out)?;
            }
        }
        Ok(())
    }

    fn member(&self, name: &str, offset: u64, target: UnitOffset) -> Result<Member> {
        let entry = self.unit.entry(target)?;
        let array = entry.tag() == gimli::DW_TAG_array_type;
        let count = if array { self.array_count(target)? } else { 0 };
        let element = if array { self.resolved(type_of(&entry).context("an array of nothing")?)? } else { target };
        let size = self.size(element)? * if array { count } else { 1 };
        Ok(Member { name: name.to_owned(), offset, size, count, signed: self.is_signed(element)? })
    }

    fn array_count(&self, at: UnitOffset) -> Result<u64> {
        let mut count = 1;
        for child in self.children(at)? {
            let known = child.attr_value(gimli::DW_AT_count).and_then(|v| v.udata_value());
            count *= known.unwrap_or(0);
        }
        Ok(count)
    }

    fn size(&self, at: UnitOffset) -> Result<u64> {
        let entry = self.unit.entry(at)?;
        if entry.tag() == gimli::DW_TAG_array_type {
            let element = self.resolved(type_of(&entry).context("an array of nothing")?)?;
            return Ok(self.array_count(at)? * self.size(element)?);
        }
        if let Some(size) = entry.attr_value(gimli::DW_AT_byte_size).and_then(|v| v.udata_value()) {
            return Ok(size);
        }
        ensure!(entry.tag() == gimli::DW_TAG_pointer_type, "a type without size: {}", entry.tag());
        Ok(u64::from(self.unit.header.address_size()))
    }

    fn is_signed(&self, at: UnitOffset) -> Result<bool> {
        let encoding = self.unit.entry(at)?.attr_value(gimli::DW_AT_encoding);
        Ok(matches!(encoding, Some(AttributeValue::Encoding(gimli::DW_ATE_signed | gimli::DW_ATE_signed_char))))
    }

    fn is_structure(&self, at: UnitOffset) -> Result<bool> {
        let tag = self.unit.entry(at)?.tag();
        Ok(tag == gimli::DW_TAG_structure_type || tag == gimli::DW_TAG_union_type)
    }

    /// Follows typedefs and qualifiers.
    fn resolved(&self, mut at: UnitOffset) -> Result<UnitOffset> {
        loop {
            let entry = self.unit.entry(at)?;
            match entry.tag() {
                gimli::DW_TAG_typedef
                | gimli::DW_TAG_const_type
                | gimli::DW_TAG_volatile_type
                | gimli::DW_TAG_restrict_type => match type_of(&entry) {
                    Some(target) => at = target,
                    None => return Ok(at),
                },
                _ => return Ok(at),
            }
        }
    }

    fn children(&self, at: UnitOffset) -> Result<Vec<Entry<'_>>> {
        let mut tree = self.unit.entries_tree(Some(at))?;
        let mut children = tree.root()?.children();
        let mut all = Vec::new();
        while let Some(child) = children.next()? {
            all.push(child.entry().clone());
        }
        Ok(all)
    }

    fn name(&self, entry: &Entry) -> Result<Option<String>> {
        entry.attr_value(gimli::DW_AT_name).map(|value| self.text(value)).transpose()
    }

    fn text(&self, value: AttributeValue<Reader>) -> Result<String> {
        let text = self.dwarf.attr_string(&self.unit, value)?;
        Ok(String::from_utf8_lossy(text.bytes()).into_owned())
    }
}

fn type_of(entry: &Entry) -> Option<UnitOffset> {
    match entry.attr_value(gimli::DW_AT_type) {
        Some(AttributeValue::UnitRef(at)) => Some(at),
        _ => None,
    }
}

fn is_declaration(entry: &Entry) -> bool {
    entry.attr(gimli::DW_AT_declaration).is_some()
}

/// A section with its relocations applied: an object that is not linked has the offsets into
/// other sections only there (i386 has them in place already).
fn section_data(file: &object::File, name: &str) -> Result<Vec<u8>> {
    let Some(section) = file.section_by_name(name) else {
        return Ok(Vec::new());
    };
    let mut data = match section.uncompressed_data()? {
        Cow::Borrowed(data) => data.to_vec(),
        Cow::Owned(data) => data,
    };
    for (offset, relocation) in section.relocations() {
        if relocation.has_implicit_addend() {
            continue;
        }
        let base = match relocation.target() {
            RelocationTarget::Symbol(index) => file.symbol_by_index(index)?.address(),
            _ => 0,
        };
        let value = base.wrapping_add(relocation.addend() as u64).to_le_bytes();
        let (start, width) = (offset as usize, usize::from(relocation.size() / 8));
        data.get_mut(start..start + width)
            .context("a relocation outside of its section")?
            .copy_from_slice(&value[..width]);
    }
    Ok(data)
}
