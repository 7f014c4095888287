"""What is asked before a home is followed: whether address and token are right, and which homes there are."""

from dataclasses import dataclass

from .api import Api, CannotConnect, Forbidden, InvalidAuth, NetPilotError, NotFound, WrongUrl


@dataclass(frozen=True)
class Home:
    """A home that the token's owner may control."""

    id: str
    name: str


class LoginError(Exception):
    """Why the login cannot be used: the key of a text in strings.json."""

    def __init__(self, key: str, detail: str) -> None:
        super().__init__(detail)
        self.key = key


async def check_login(api: Api) -> list[Home]:
    """
    The homes that may be followed with this address and token. Raises LoginError: `cannot_connect`, `wrong_url`,
    `invalid_auth`, `missing_scope`, `one_router_only`, `no_home`.
    """
    try:
        token = await api.get("/tokens/own")
        if "control" not in token["scopes"]:
            raise LoginError("missing_scope", f"the token has only {', '.join(token['scopes'])}")
        if token["router_id"] is not None:
            raise LoginError("one_router_only", f"the token is for the router {token['router_id']}")
        found = (await api.get("/homes"))["items"]
    except NetPilotError as error:
        raise LoginError(key_of(error), str(error)) from error
    homes = [Home(home["id"], home["name"]) for home in found if home["role"] in ("owner", "admin")]
    if not homes:
        raise LoginError("no_home", "the token's owner may control no home")
    return homes


def key_of(error: NetPilotError) -> str:
    """The key of the text for an error, for people who set this up."""
    keys = {
        CannotConnect: "cannot_connect",
        InvalidAuth: "invalid_auth",
        Forbidden: "missing_scope",
        WrongUrl: "wrong_url",
        # An older NetPilot, or something else with an API at the same place.
        NotFound: "wrong_url",
    }
    return keys.get(type(error), "unknown")
