"""Enrolling, proving who one is, greeting, pushing."""

from litestar import Response, get, post
from litestar.datastructures import State
from litestar.params import FromPath, JSONBody

from yekuo_desktop.protocol.enrolling import Answer, Challenge, Enroll, Enrolled, Token
from yekuo_desktop.protocol.greeting import Hello, Welcome
from yekuo_desktop.protocol.parcels import Sealed
from yekuo_desktop.protocol.pushing import Push, Pushed, Rescue
from yekuo_desktop.protocol.scalars import Id
from yekuo_desktop.server import enrolling, greeting, parcels, pushing, rescuing
from yekuo_desktop.server.routes.calling import Asked, address_of, centre_of, device_of, encoded

DEVICE: list[dict[str, list[str]]] = [{"device": []}]


@post("/v1/enroll", sync_to_thread=True, status_code=200)
def enroll(state: State, request: Asked, data: JSONBody[Enroll]) -> Enrolled:
    """Become a device of an organisation, with a one-time code."""
    centre = centre_of(state)
    state.codes.take(address_of(request), centre.clock().timestamp())
    return enrolling.enroll(centre, data)


@get("/v1/challenge", sync_to_thread=False)
def challenge(state: State) -> Challenge:
    """Something to sign."""
    return enrolling.challenge(centre_of(state))


@post("/v1/token", sync_to_thread=True, status_code=200)
def token(state: State, data: JSONBody[Answer]) -> Token:
    """A token for a signed challenge."""
    return enrolling.token(centre_of(state), data)


@post("/v1/o/{org:str}/hello", sync_to_thread=True, status_code=200, security=DEVICE)
def hello(state: State, request: Asked, org: FromPath[Id], data: JSONBody[Hello]) -> Welcome:
    """Where both sides stand."""
    return greeting.greet(centre_of(state), device_of(state, request, org), data)


@post("/v1/o/{org:str}/push", sync_to_thread=True, status_code=200, security=DEVICE)
def push(state: State, request: Asked, org: FromPath[Id], data: JSONBody[Push]) -> Pushed:
    """Entries, in one transaction."""
    done = pushing.push(centre_of(state), device_of(state, request, org), data)
    state.metrics.verdicts(each.verdict for each in done.receipts if not each.known)
    return done


@post("/v1/o/{org:str}/rescue", sync_to_thread=True, status_code=200, security=DEVICE)
def rescue(state: State, request: Asked, org: FromPath[Id], data: JSONBody[Rescue]) -> Pushed:
    """Another device's entries that the centre has lost."""
    return rescuing.rescue(centre_of(state), device_of(state, request, org), data)


@post("/v1/o/{org:str}/parcels", sync_to_thread=True, status_code=200)
def parcel(state: State, request: Asked, org: FromPath[Id], data: JSONBody[Sealed]) -> Response[Sealed]:
    """A contact as a file, brought by anybody: it is sealed, and so is the answer."""
    centre = centre_of(state)
    state.codes.take(address_of(request), centre.clock().timestamp())
    return encoded(parcels.take(centre, org, data))  # type: ignore[return-value]


HANDLERS = (enroll, challenge, token, hello, push, rescue, parcel)
