"""Why a package, or what was signed about it, isn't to be trusted. `code` is stable."""

from typing import NamedTuple

from catalog.domain.errors import DomainError
from schemas.errors import InputError
from schemas.text import Text


class Words(NamedTuple):
    """What is wrong, and what to do."""

    message: Text
    cure: Text


_AGAIN = Text(
    "请从目录重新下载课程包和签名。", "Download the package and its signature from the catalogue again."
)
_INDEX_AGAIN = Text("请从目录重新下载索引。", "Download the index from the catalogue again.")

WORDS = {
    "signature-missing": Words(
        Text("没有签名文件 {file}。", "There is no signature {file}."),
        Text(
            "请把签名与课程包一起下载、放在同一文件夹，或用 --index 指定签名的索引。",
            "Download the signature with the package, into the same folder, or give a signed index with --index.",
        ),
    ),
    "signature-unreadable": Words(
        Text("签名文件无法识别。", "The signature is not one of ours."), _AGAIN
    ),
    "signature-wrong-key": Words(
        Text("签名用的是另一把密钥（{theirs}，应为 {ours}）。", "It was signed with another key ({theirs}, not {ours})."),
        Text(
            "请向中心核实公钥；若密钥已更换，请使用新公钥。",
            "Ask the Centre which public key is right; if it was changed, use the new one.",
        ),
    ),
    "signature-wrong": Words(
        Text("签名不成立：内容在签名之后被改动过。", "The signature doesn't hold: what it states was changed afterwards."),
        _AGAIN,
    ),
    "signature-other-file": Words(
        Text(
            "文件与签名不符：签名说的是 {name}（SHA-256 {stated}…），文件的 SHA-256 是 {found}…。",
            "The file isn't what was signed: that is {name} (SHA-256 {stated}…), the file's SHA-256 is {found}….",
        ),
        _AGAIN,
    ),
    "index-expired": Words(
        Text("索引已于 {expires} 过期。", "The index expired on {expires}."), _INDEX_AGAIN
    ),
    "index-older": Words(
        Text(
            "索引序号 {sequence} 早于见过的 {seen}：有人给了您旧索引。",
            "The index has number {sequence}, and {seen} was seen before: this is an old one.",
        ),
        _INDEX_AGAIN,
    ),
    "package-unlisted": Words(
        Text("索引里没有这个课程包：可能已撤销，或不出自本目录。", "The index doesn't list it: it was withdrawn, or isn't the catalogue's."),
        Text("不要导入；请从目录下载现行版本。", "Don't import it; download the current version from the catalogue."),
    ),
    "package-outdated": Words(
        Text("这是 {course} 的第 {number} 版，目录中已有第 {latest} 版。", "This is version {number} of {course}; there is version {latest}."),
        Text("若要更新，请下载新版，并先看它与旧版的差异说明。", "To update, download the new one, and read first what differs."),
    ),
    "packages-mixed": Words(
        Text("{course} 的课程包来自不同版本：{numbers}。", "Packages of {course} are of different versions: {numbers}."),
        Text("请用同一版本的课程包替换。", "Replace them by packages of one version."),
    ),
}  # fmt: skip


class SignatureError(InputError):
    """What was signed can't be trusted. `code` is a key of WORDS."""

    def __init__(self, code: str, **values: object) -> None:
        words = WORDS[code]
        self.code = code
        self.words = Words(words.message.format(**values), words.cure.format(**values))
        super().__init__(Text("{m}{c}", "{m} {c}").format(m=self.words.message, c=self.words.cure))


class PackagePendingError(DomainError):
    """The package is being built and isn't ready yet. `retry_after` is in seconds."""

    code = "package-pending"

    def __init__(self, retry_after: int) -> None:
        self.retry_after = retry_after
        super().__init__(
            Text(
                "课程包正在生成，请 {seconds} 秒后再试。",
                "The package is being built; try again in {seconds} seconds.",
            ).format(seconds=retry_after)
        )


class PackageImpossibleError(DomainError):
    """The version can't be made into such a package."""

    code = "package-impossible"

    def __init__(self, reason: Text) -> None:
        super().__init__(
            Text("无法生成这个课程包：{reason}", "The package can't be made: {reason}").format(reason=reason)
        )
