"""Validates FollowTheMoney entities, and that every entity that one refers to is there and of the right kind.

usage: ftm.py FILE   Prints how many there are of each schema.
"""

import collections
import json
import sys

from followthemoney import model
from followthemoney.types import registry


def main():
    with open(sys.argv[1], encoding="utf-8") as lines:
        raw = [json.loads(line) for line in lines]
    entities = {}
    for data in raw:
        schema = model.get(data["schema"])
        assert schema is not None and not schema.abstract, data["schema"]
        assert registry.entity.clean(data["id"]) == data["id"], data["id"]
        unknown = data["properties"].keys() - schema.properties.keys()
        assert not unknown, f"{data['id']}: {schema.name} has no {unknown}"
        schema.validate(data)
        entity = model.get_proxy(data, cleaned=False)
        for name, values in data["properties"].items():
            kept = entity.get(name)
            assert len(kept) == len(values), f"{data['id']}: {name} loses of {values}: {kept}"
        assert entity.id not in entities, f"{entity.id} twice"
        entities[entity.id] = entity
    for entity in entities.values():
        for prop, value in entity.itervalues():
            if prop.type == registry.entity:
                other = entities.get(value)
                assert other is not None, f"{entity.id}: {prop.name} leads nowhere: {value}"
                assert other.schema.is_a(prop.range), f"{entity.id}: {prop.name} is a {other.schema.name}"
    print(json.dumps(collections.Counter(entity.schema.name for entity in entities.values())))


main()
