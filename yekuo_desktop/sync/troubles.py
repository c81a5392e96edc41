"""Why a line came to nothing, in words somebody at a counter can act on."""

import ssl
from collections.abc import Iterator

import httpx

EXPIRED, NOT_YET, NAME, ADDRESS = 10, 9, 62, 64  # of X509_V_ERR_…, as OpenSSL counts them
OTHER = "中心的证书不是发给这个地址的,请核对中心地址,再联系中心管理员"
CERTIFICATE = {
    EXPIRED: "中心的证书已过期(或本机时钟走快了),请核对本机日期,再联系中心管理员",
    NOT_YET: "中心的证书还没有生效,请核对本机的日期和时间",
    NAME: OTHER,
    ADDRESS: OTHER,
}
UNKNOWN = (
    "中心的证书不被本机信任,没有连接。中心用的是自建证书时,请向中心管理员要证书文件,"
    "改名 centre.pem 放进本机数据目录(或运行 yekuo enroll 时写 --authority 文件)"
)
NOT_TLS = "对方没有用加密连接应答,请核对中心地址(https 还是 http)和端口"
TOO_SLOW = "中心没有及时应答"
NOT_FOUND = "找不到中心,请核对地址和网络"
REFUSED = "中心没有在这个地址应答,可能没有运行,或端口不对"
BROKEN = "连接中断"


def words(error: Exception) -> str:
    """Of whatever httpx raises."""
    inside = next(filter(None, map(_of_the_line, _chain(error))), "")
    if inside:
        return inside
    if isinstance(error, httpx.TimeoutException):
        return TOO_SLOW
    if isinstance(error, httpx.ConnectError):
        return NOT_FOUND
    broken = isinstance(error, httpx.NetworkError | httpx.RemoteProtocolError)
    return BROKEN if broken else str(error) or type(error).__name__


def _of_the_line(error: BaseException) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return CERTIFICATE.get(error.verify_code, UNKNOWN)
    if isinstance(error, ssl.SSLError):
        return NOT_TLS
    return REFUSED if isinstance(error, ConnectionRefusedError) else ""


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
