"""Who lives with whom, as far as the accounts ask: nobody decides about what is her own or her household's."""

from __future__ import annotations

from uuid import UUID

from comuna.territory.models import Person


def is_of_her_house(one: UUID | None, person: UUID | None) -> bool:
    """Whether somebody is she or lives in her household. Of nobody, and of who was erased, it says no."""
    if one is None or person is None:
        return False
    homes = Person.objects.filter(pk__in=[one, person]).values_list("household", flat=True)
    return one == person or (len(homes) == 2 and homes[0] is not None and homes[0] == homes[1])
