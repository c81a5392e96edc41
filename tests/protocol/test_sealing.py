"""A parcel opens for its receiver alone, and only as it was sealed."""

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from msgspec.structs import replace

from yekuo_desktop.protocol.parcels import Sealed
from yekuo_desktop.protocol.sealing import Unopened, seal, unseal

SENDER, RECEIVER = Ed25519PrivateKey.generate(), X25519PrivateKey.generate()
CONTENT = "张秀英".encode() * 1000


def verifies(signature: bytes, content: bytes) -> bool:
    try:
        SENDER.public_key().verify(signature, content)
    except InvalidSignature:
        return False
    return True


def sealed() -> Sealed:
    receiver = RECEIVER.public_key().public_bytes_raw()
    return seal("parcel", "org", "device", CONTENT, receiver, SENDER.sign)


def test_what_was_sealed_is_opened_by_its_receiver() -> None:
    made = sealed()
    assert CONTENT[:9] not in made.content
    assert unseal(made, RECEIVER.private_bytes_raw(), verifies) == CONTENT


@pytest.mark.parametrize("field", ["kind", "org", "device", "ephemeral", "nonce", "content", "signature"])
def test_what_was_changed_is_not_opened(field: str) -> None:
    made = sealed()
    value = getattr(made, field)
    other = value + "x" if isinstance(value, str) else bytes([value[0] ^ 1]) + value[1:]
    with pytest.raises(Unopened):
        unseal(replace(made, **{field: other}), RECEIVER.private_bytes_raw(), verifies)


def test_nobody_else_opens_it() -> None:
    with pytest.raises(Unopened):
        unseal(sealed(), X25519PrivateKey.generate().private_bytes_raw(), verifies)
