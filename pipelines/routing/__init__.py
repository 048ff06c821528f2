"""Which channel a matter goes to first, with the reason, and why not to the others.

In: what is known of a matter, as facts (`pipelines.routing.facts`). Out: one `Route`. Out of
scope: filing anything. Which channel fits what is data: `pipelines/taxonomy/routing.yml`.
"""

from pipelines.routing.choose import Avoided, Route, choose_route
from pipelines.routing.facts import facts_of_group, facts_of_reading
from pipelines.routing.rulebook import load_routing

__all__ = [
    "Avoided",
    "Route",
    "choose_route",
    "facts_of_group",
    "facts_of_reading",
    "load_routing",
]
