"""Which operations are answered here, and the call of them."""

from .authorities import Authorities
from .certificates import Certificates
from .endpoints import Endpoints
from .index import Index
from .policies import Policies
from .principals import Principals
from .state import State
from .tasks import Tasks
from .templates import Templates
from .things import Things
from .transfers import Transfers


class Call:
    """One call: whose it is, its members, and moto behind it."""

    def __init__(self, state, moto, account, region, parameters, base_url):
        self.state, self.moto = state, moto
        self.account, self.region_name = account, region
        self.region = state.region(account, region)
        self.parameters = parameters
        self.base_url = base_url

    def get(self, name, default=None):
        return self.parameters.get(name, default)

    def __getitem__(self, name):
        return self.parameters[name]

    def with_parameters(self, parameters):
        """The same caller with other members: for operations that call others."""
        return Call(self.state, self.moto, self.account, self.region_name, parameters, self.base_url)

    def send(self, method, path, query=None, body=None, headers=None):
        """Passes something on to moto, for this account and region."""
        return self.moto.call(self.account, self.region_name, method, path, query, body, headers)

    def pages(self, items, limit, token, next_name):
        """One page of a list and where the next begins, as members of an answer."""
        size = int(self.get(limit, 25))
        start = int(self.get(token) or 0)
        more = {next_name: str(start + size)} if start + size < len(items) else {}
        return items[start : start + size], more


class OwnAWSAnswers(
    Things, Principals, Certificates, Policies, Transfers, Authorities, Templates, Tasks, Endpoints, Index
):
    """Our stand-in. A method with the name of an operation answers it; moto answers all others."""

    def __init__(self, moto, numbers):
        self.moto = moto
        self.state = State(numbers)

    def has(self, operation):
        return operation[:1].isupper() and hasattr(type(self), operation)

    def answer(self, operation, account, region, parameters, base_url):
        call = Call(self.state, self.moto, account, region, parameters, base_url)
        return getattr(self, operation)(call)

    def reset(self):
        self.state.reset()
        self.moto.reset()
