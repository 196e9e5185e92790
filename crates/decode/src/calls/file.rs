//! Files and directories by name or descriptor.

use crate::kinds::date::{FILE_TIME, FILE_TIME64, Seconds, TIMEVAL_DATE};
use crate::kinds::device::{Device32, FileMode16, is_device};
use crate::kinds::dirents::{DIRENTS, DIRENTS64, OldDirent};
use crate::kinds::fanotify::{FanotifyDirectory, FanotifyMask};
use crate::kinds::fsconfig::{Auxiliary, Key, ParameterValue};
use crate::kinds::handle::{Handle, MountId, NewHandle};
use crate::kinds::mount::{MountData, MountFlags, MountType, SwapFlags};
use crate::kinds::open::{OPEN_FLAGS, OpenHow, creates};
use crate::kinds::quota::{QuotaAddress, QuotaCommand, QuotaId, takes_address, takes_id};
use crate::kinds::stat::{OLD_STAT, STAT, STAT64};
use crate::kinds::statfs::{OfSize, STATFS, STATFS64};
use crate::kinds::statmount::{MountRequest, MountState};
use crate::kinds::statx::{STATX, STATX_FLAGS};
use crate::kinds::tail::{Extensible, PageLimited};
use crate::kinds::wide::{HighFirst, length, moved, offset};
use crate::kinds::xattr::{AttributeArguments, AttributeNames, attribute, attribute_result};
use crate::kinds::{
    Address, Array, Buffer, Choice, Const, DirFd, Fd, Flags, Hex, Hex32, Hex64, Id, Int, Joined, Long, Mode, Nothing,
    OldId, Pair, Path, Ref, ResultPath, Size, Structure, Text, U64, Uint, Ulong, Unused, Wide, WideConst, WideFlags,
};
use crate::{Len, Row, structure};
use abi::generated::layouts::{file as layouts, time as times};
use abi::generated::sets::file as sets;

/// The rows of this family.
pub static ROWS: &[Row] = crate::calls! {
    open(pathname: in Path, flags: in OPEN_FLAGS, mode: in Mode => |cx| creates(cx, 1)) -> Fd, [FILE DESC];
    openat(dirfd: in DirFd, pathname: in Path, flags: in OPEN_FLAGS, mode: in Mode => |cx| creates(cx, 2)) -> Fd, [FILE DESC];
    openat2(dirfd: in DirFd, pathname: in Path, how: in Extensible { known: &OpenHow, size: Len::Arg(3) }, size: in Size) -> Fd, [FILE DESC];
    creat(pathname: in Path, mode: in Mode) -> Fd, [FILE DESC];
    close(fd: in Fd) -> Nothing, [DESC];
    close_range(first: in Uint, last: in Uint, flags: in Flags(&sets::CLOSE_RANGE)) -> Nothing, [];

    stat(pathname: in Path, statbuf: out STAT) -> Nothing, [FILE STAT ANY_STAT];
    lstat(pathname: in Path, statbuf: out STAT) -> Nothing, [FILE LSTAT ANY_STAT];
    fstat(fd: in Fd, statbuf: out STAT) -> Nothing, [DESC FSTAT ANY_STAT];
    newfstatat(dirfd: in DirFd, pathname: in Path, statbuf: out STAT, flags: in Flags(&sets::AT)) -> Nothing, [DESC FILE FSTAT ANY_STAT];
    stat64(pathname: in Path, statbuf: out STAT64) -> Nothing, [FILE STAT ANY_STAT];
    lstat64(pathname: in Path, statbuf: out STAT64) -> Nothing, [FILE LSTAT ANY_STAT];
    fstat64(fd: in Fd, statbuf: out STAT64) -> Nothing, [DESC FSTAT ANY_STAT];
    fstatat64(dirfd: in DirFd, pathname: in Path, statbuf: out STAT64, flags: in Flags(&sets::AT)) -> Nothing, [DESC FILE FSTAT ANY_STAT];
    oldstat(pathname: in Path, statbuf: out OLD_STAT) -> Nothing, [FILE STAT ANY_STAT];
    oldlstat(pathname: in Path, statbuf: out OLD_STAT) -> Nothing, [FILE LSTAT ANY_STAT];
    oldfstat(fd: in Fd, statbuf: out OLD_STAT) -> Nothing, [DESC FSTAT ANY_STAT];
    statx(dirfd: in DirFd, pathname: in Path, flags: in STATX_FLAGS, mask: in Flags(&sets::STATX_MASK), statxbuf: out STATX) -> Nothing, [DESC FILE FSTAT ANY_STAT];
    statfs(pathname: in Path, buf: out STATFS) -> Nothing, [FILE STATFS ANY_STATFS];
    fstatfs(fd: in Fd, buf: out STATFS) -> Nothing, [DESC FSTATFS ANY_STATFS];
    statfs64(pathname: in Path, size: in Size, buf: out OfSize { structure: &STATFS64, size: Len::Arg(1) }) -> Nothing, [FILE STATFS ANY_STATFS];
    fstatfs64(fd: in Fd, size: in Size, buf: out OfSize { structure: &STATFS64, size: Len::Arg(1) }) -> Nothing, [DESC FSTATFS ANY_STATFS];

    access(pathname: in Path, mode: in Flags(&sets::ACCESS)) -> Nothing, [FILE];
    faccessat(dirfd: in DirFd, pathname: in Path, mode: in Flags(&sets::ACCESS)) -> Nothing, [DESC FILE];
    faccessat2(dirfd: in DirFd, pathname: in Path, mode: in Flags(&sets::ACCESS), flags: in Flags(&sets::AT_ACCESS)) -> Nothing, [DESC FILE];
    readlink(pathname: in Path, buf: out Buffer(Len::Result), bufsiz: in Size) -> Size, [FILE];
    readlinkat(dirfd: in DirFd, pathname: in Path, buf: out Buffer(Len::Result), bufsiz: in Size) -> Size, [DESC FILE];
    getcwd(buf: out ResultPath, size: in Size) -> Size, [FILE];

    rename(oldpath: in Path, newpath: in Path) -> Nothing, [FILE];
    renameat(olddirfd: in DirFd, oldpath: in Path, newdirfd: in DirFd, newpath: in Path) -> Nothing, [DESC FILE];
    renameat2(olddirfd: in DirFd, oldpath: in Path, newdirfd: in DirFd, newpath: in Path, flags: in Flags(&sets::RENAME)) -> Nothing, [DESC FILE];
    link(oldpath: in Path, newpath: in Path) -> Nothing, [FILE];
    linkat(olddirfd: in DirFd, oldpath: in Path, newdirfd: in DirFd, newpath: in Path, flags: in Flags(&sets::AT)) -> Nothing, [DESC FILE];
    symlink(oldpath: in Path, newpath: in Path) -> Nothing, [FILE];
    symlinkat(target: in Path, newdirfd: in DirFd, linkpath: in Path) -> Nothing, [DESC FILE];
    unlink(path: in Path) -> Nothing, [FILE];
    unlinkat(dirfd: in DirFd, pathname: in Path, flags: in Flags(&sets::AT)) -> Nothing, [DESC FILE];
    mkdir(pathname: in Path, mode: in Mode) -> Nothing, [FILE];
    mkdirat(dirfd: in DirFd, pathname: in Path, mode: in Mode) -> Nothing, [DESC FILE];
    rmdir(path: in Path) -> Nothing, [FILE];
    mknod(pathname: in Path, mode: in FileMode16, dev: in Device32 => |cx| is_device(cx.arg(1))) -> Nothing, [FILE];
    mknodat(dirfd: in DirFd, pathname: in Path, mode: in FileMode16, dev: in Device32 => |cx| is_device(cx.arg(2))) -> Nothing, [DESC FILE];
    chdir(path: in Path) -> Nothing, [FILE];
    fchdir(fd: in Fd) -> Nothing, [DESC];
    chroot(path: in Path) -> Nothing, [FILE];
    chmod(pathname: in Path, mode: in Mode) -> Nothing, [FILE];
    fchmod(fd: in Fd, mode: in Mode) -> Nothing, [DESC];
    fchmodat(dirfd: in DirFd, pathname: in Path, mode: in Mode) -> Nothing, [DESC FILE];
    fchmodat2(dirfd: in DirFd, pathname: in Path, mode: in Mode, flags: in Flags(&sets::AT_CHMOD)) -> Nothing, [DESC FILE];
    umask(mask: in Mode) -> Mode, [];

    chown(pathname: in Path, owner: in OldId, group: in OldId) -> Nothing, [FILE];
    lchown(pathname: in Path, owner: in OldId, group: in OldId) -> Nothing, [FILE];
    fchown(fd: in Fd, owner: in OldId, group: in OldId) -> Nothing, [DESC];
    fchownat(dirfd: in DirFd, pathname: in Path, owner: in Id, group: in Id, flags: in Flags(&sets::AT)) -> Nothing, [DESC FILE];
    chown32(pathname: in Path, owner: in Id, group: in Id) -> Nothing, [FILE];
    lchown32(pathname: in Path, owner: in Id, group: in Id) -> Nothing, [FILE];
    fchown32(fd: in Fd, owner: in Id, group: in Id) -> Nothing, [DESC];
    utime(filename: in Path, times: in UTIMBUF) -> Nothing, [FILE];
    utimes(pathname: in Path, times: in TIMEVALS) -> Nothing, [FILE];
    futimesat(dirfd: in DirFd, pathname: in Path, times: in TIMEVALS) -> Nothing, [DESC FILE];
    utimensat(dirfd: in DirFd, pathname: in Path, times: in TIMES, flags: in Flags(&sets::AT)) -> Nothing, [DESC FILE];
    utimensat_time64(dirfd: in DirFd, pathname: in Path, times: in TIMES64, flags: in Flags(&sets::AT)) -> Nothing, [DESC FILE];

    truncate(path: in Path, length: in Ulong) -> Nothing, [FILE];
    ftruncate(fd: in Fd, length: in Ulong) -> Nothing, [DESC];
    truncate64(path: in Path, length: in length(1)) -> Nothing, [FILE];
    ftruncate64(fd: in Fd, length: in length(1)) -> Nothing, [DESC];
    fallocate(fd: in Fd, mode: in Flags(&sets::FALLOC), offset: in offset(2), len: in offset(4)) -> Nothing, [DESC];
    lseek(fd: in Fd, offset: in Long, whence: in Const(&sets::SEEK)) -> Wide, [DESC];
    _llseek(fd: in Fd, offset: in HighFirst(1), offset_low: in Unused, result: out Ref(&U64), whence: in Const(&sets::SEEK)) -> Nothing, [DESC];
    fadvise64(fd: in Fd, offset: in offset(1), len: in moved(3, &Size), advice: in moved(4, &Const(&sets::FADVISE))) -> Nothing, [DESC];
    fadvise64_64(fd: in Fd, offset: in offset(1), len: in offset(3), advice: in moved(5, &Const(&sets::FADVISE))) -> Nothing, [DESC];
    readahead(fd: in Fd, offset: in offset(1), count: in moved(3, &Size)) -> Nothing, [DESC];
    sync_file_range(fd: in Fd, offset: in offset(1), nbytes: in offset(3), flags: in moved(5, &Flags(&sets::SYNC_FILE_RANGE))) -> Nothing, [DESC];
    sync() -> Nothing, [];
    fsync(fd: in Fd) -> Nothing, [DESC];
    fdatasync(fd: in Fd) -> Nothing, [DESC];
    syncfs(fd: in Fd) -> Nothing, [DESC];
    flock(fd: in Fd, op: in Flags(&sets::FLOCK)) -> Nothing, [DESC];

    getdents(fd: in Fd, dirp: out DIRENTS, count: in Uint) -> Size, [DESC];
    getdents64(fd: in Fd, dirp: out DIRENTS64, count: in Uint) -> Size, [DESC];
    readdir(fd: in Fd, dirp: out OldDirent, count: in Uint => |cx| cx.arg(2) != 1) -> Size, [DESC];

    mount(source: in Path, target: in Path, filesystemtype: in MountType, mountflags: in MountFlags, data: in MountData) -> Nothing, [FILE];
    umount(path: in Path) -> Nothing, [FILE];
    umount2(target: in Path, flags: in Flags(&sets::UMOUNT)) -> Nothing, [FILE];
    pivot_root(oldpath: in Path, newpath: in Path) -> Nothing, [FILE];
    fsopen(fsname: in Text, flags: in Flags(&sets::FSOPEN)) -> Fd, [DESC];
    fsmount(fd: in Fd, flags: in Flags(&sets::FSMOUNT), attr_flags: in Flags(&sets::MOUNT_ATTR)) -> Fd, [DESC];
    fspick(dirfd: in DirFd, pathname: in Path, flags: in Flags(&sets::FSPICK)) -> Fd, [DESC FILE];
    move_mount(from_dfd: in DirFd, from_pathname: in Path, to_dfd: in DirFd, to_pathname: in Path, flags: in Flags(&sets::MOVE_MOUNT)) -> Nothing, [DESC FILE];
    open_tree(dirfd: in DirFd, pathname: in Path, flags: in Flags(&sets::OPEN_TREE)) -> Fd, [DESC FILE];
    open_tree_attr(dirfd: in DirFd, pathname: in Path, flags: in Flags(&sets::OPEN_TREE), attr: in Extensible { known: &MOUNT_ATTR, size: Len::Arg(4) }, size: in Size) -> Fd, [DESC FILE];
    mount_setattr(dirfd: in DirFd, pathname: in Path, flags: in Flags(&sets::AT_MOUNT_SETATTR), attr: in Extensible { known: &MOUNT_ATTR, size: Len::Arg(4) }, size: in Size) -> Nothing, [DESC FILE];

    setxattr(pathname: in Path, name: in Text, value: in attribute(3), size: in Size, flags: in Flags(&sets::XATTR)) -> Nothing, [FILE];
    lsetxattr(pathname: in Path, name: in Text, value: in attribute(3), size: in Size, flags: in Flags(&sets::XATTR)) -> Nothing, [FILE];
    fsetxattr(fd: in Fd, name: in Text, value: in attribute(3), size: in Size, flags: in Flags(&sets::XATTR)) -> Nothing, [DESC];
    getxattr(pathname: in Path, name: in Text, value: out attribute_result(3), size: in Size) -> Size, [FILE];
    lgetxattr(pathname: in Path, name: in Text, value: out attribute_result(3), size: in Size) -> Size, [FILE];
    fgetxattr(fd: in Fd, name: in Text, value: out attribute_result(3), size: in Size) -> Size, [DESC];
    listxattr(pathname: in Path, list: out AttributeNames(2), size: in Size) -> Size, [FILE];
    llistxattr(pathname: in Path, list: out AttributeNames(2), size: in Size) -> Size, [FILE];
    flistxattr(fd: in Fd, list: out AttributeNames(2), size: in Size) -> Size, [DESC];
    removexattr(pathname: in Path, name: in Text) -> Nothing, [FILE];
    lremovexattr(pathname: in Path, name: in Text) -> Nothing, [FILE];
    fremovexattr(fd: in Fd, name: in Text) -> Nothing, [DESC];

    inotify_init() -> Fd, [DESC];
    inotify_init1(flags: in Flags(&sets::INOTIFY_INIT)) -> Fd, [DESC];
    inotify_add_watch(fd: in Fd, pathname: in Path, mask: in Flags(&sets::IN)) -> Int, [DESC FILE];
    inotify_rm_watch(fd: in Fd, wd: in Int) -> Nothing, [DESC];
    fanotify_init(flags: in FAN_INIT, event_f_flags: in OPEN_FLAGS) -> Fd, [DESC];

    swapon(path: in Path, swapflags: in SwapFlags) -> Nothing, [FILE];
    swapoff(path: in Path) -> Nothing, [FILE];
    acct(path: in Path) -> Nothing, [FILE];
    uselib(path: in Path) -> Nothing, [FILE];
    vhangup() -> Nothing, [];
    cachestat(fd: in Fd, cstat_range: in CACHESTAT_RANGE, cstat: out CACHESTAT, flags: in Hex32) -> Nothing, [DESC];

    setxattrat(dirfd: in DirFd, pathname: in Path, flags: in Flags(&sets::AT_CHMOD), name: in Text, args: in Extensible { known: &AttributeArguments { length: None }, size: Len::Arg(5) }, size: in Size) -> Nothing, [DESC FILE];
    getxattrat(dirfd: in DirFd, pathname: in Path, flags: in Flags(&sets::AT_CHMOD), name: in Text, args: inout Extensible { known: &AttributeArguments { length: Some(Len::Result) }, size: Len::Arg(5) }, size: in Size) -> Size, [DESC FILE];
    listxattrat(dirfd: in DirFd, pathname: in Path, flags: in Flags(&sets::AT_CHMOD), list: out AttributeNames(4), size: in Size) -> Size, [DESC FILE];
    removexattrat(dirfd: in DirFd, pathname: in Path, flags: in Flags(&sets::AT_CHMOD), name: in Text) -> Nothing, [DESC FILE];
    file_getattr(dirfd: in DirFd, pathname: in Path, attr: out PageLimited(Extensible { known: &FILE_ATTR, size: Len::Arg(3) }), size: in Size, flags: in Flags(&sets::AT_CHMOD)) -> Nothing, [DESC FILE];
    file_setattr(dirfd: in DirFd, pathname: in Path, attr: in PageLimited(Extensible { known: &FILE_ATTR_SET, size: Len::Arg(3) }), size: in Size, flags: in Flags(&sets::AT_CHMOD)) -> Nothing, [DESC FILE];

    fsconfig(fd: in Fd, cmd: in Const(&sets::FSCONFIG), key: in Key, value: in ParameterValue, aux: in Auxiliary) -> Nothing, [DESC FILE];
    statmount(req: in MountRequest { parameter: &WideFlags(&sets::STATMOUNT_MASK) }, buf: out MountState, bufsize: in Size, flags: in Flags(&sets::STATMOUNT_FLAGS)) -> Nothing, [];
    listmount(req: in MountRequest { parameter: &Hex64 }, mnt_ids: out MOUNT_IDS, nr_mnt_ids: in Size, flags: in Flags(&sets::LISTMOUNT)) -> Size, [];
    fanotify_mark(fanotify_fd: in Fd, flags: in Flags(&sets::FAN_MARK), mask: in FanotifyMask, dirfd: in moved(4, &FanotifyDirectory), pathname: in moved(5, &Path)) -> Nothing, [DESC FILE];
    name_to_handle_at(dirfd: in DirFd, pathname: in Path, handle: inout NewHandle, mount_id: out MountId, flags: in Flags(&sets::AT_HANDLE)) -> Nothing, [DESC FILE];
    open_by_handle_at(mount_fd: in Fd, handle: in Handle, flags: in OPEN_FLAGS) -> Fd, [DESC];
    quotactl(op: in QuotaCommand, special: in Path, id: in QuotaId(0) => |cx| takes_id(cx, 0), addr: in QuotaAddress(0) => |cx| takes_address(cx, 0)) -> Nothing, [FILE];
    quotactl_fd(fd: in Fd, op: in QuotaCommand, id: in QuotaId(1) => |cx| takes_id(cx, 1), addr: in QuotaAddress(1) => |cx| takes_address(cx, 1)) -> Nothing, [DESC];
    ustat(dev: in Device32, ubuf: in Address) -> Nothing, [ANY_STATFS];
    lookup_dcookie(cookie: in length(0), buffer: out moved(2, &Buffer(Len::Result)), len: in moved(3, &Size)) -> Size, [];
};

/// The times of utimes(2): last access, last modification.
static TIMEVALS: Pair = Pair(&TIMEVAL_DATE);

/// The times of utimensat(2).
static TIMES: Pair = Pair(&FILE_TIME);

/// The times of utimensat(2) with 64 bits.
static TIMES64: Pair = Pair(&FILE_TIME64);

/// `struct utimbuf` (utime(2)).
static UTIMBUF: Structure = structure!(times::UTIMBUF { actime: Seconds, modtime: Seconds });

/// What cachestat(2) is asked about.
static CACHESTAT_RANGE: Structure = structure!(layouts::CACHESTAT_RANGE { off: Hex, len: U64 });

/// What cachestat(2) tells.
static CACHESTAT: Structure = structure!(layouts::CACHESTAT {
    nr_cache: U64,
    nr_dirty: U64,
    nr_writeback: U64,
    nr_evicted: U64,
    nr_recently_evicted: U64,
});

/// `struct mount_attr` (mount_setattr(2)).
static MOUNT_ATTR: Structure = structure!(layouts::MOUNT_ATTR {
    attr_set: WideFlags(&sets::MOUNT_ATTR_SET),
    attr_clr: WideFlags(&sets::MOUNT_ATTR_SET),
    propagation: WideConst(&sets::MOUNT_PROPAGATION),
    userns_fd: U64,
});

/// The flags of fanotify_init(2): a class and bits.
static FAN_INIT: Joined =
    Joined(&[Choice { mask: FAN_CLASSES, set: &sets::FAN_CLASS }, Choice { mask: !FAN_CLASSES, set: &sets::FAN_INIT }]);

/// The bits of a class.
const FAN_CLASSES: u64 = sets::FAN_CLASS.of("FAN_CLASS_CONTENT") | sets::FAN_CLASS.of("FAN_CLASS_PRE_CONTENT");

/// `struct file_attr` as file_getattr(2) gives it.
static FILE_ATTR: Structure = structure!(layouts::FILE_ATTR {
    fa_xflags: WideFlags(&sets::FILE_XFLAG),
    fa_extsize: Uint,
    fa_nextents: Uint,
    fa_projid: Hex32,
    fa_cowextsize: Uint,
});

/// `struct file_attr` as file_setattr(2) takes it: the number of extents cannot be set.
static FILE_ATTR_SET: Structure = structure!(layouts::FILE_ATTR {
    fa_xflags: WideFlags(&sets::FILE_XFLAG),
    fa_extsize: Uint,
    fa_projid: Hex32,
    fa_cowextsize: Uint,
});

/// The ids of mounts that listmount(2) gives.
static MOUNT_IDS: Array = Array { element: &Hex64, count: Len::ResultUpTo(2) };
