"""Starts moto at a port of 127.0.0.1, with what the provider needs and moto lacks.

Tags of scalable targets can be read, and a redrive policy is returned as it was set. moto returns it with spaces, and the provider
compares the text.
"""
import json
import sys

from moto.applicationautoscaling.responses import ApplicationAutoScalingResponse
from moto.server import main
from moto.sqs.models import Queue

tags = {}
register = ApplicationAutoScalingResponse.register_scalable_target
attributes = Queue.attributes.fget


def register_with_tags(self):
    tags.update(self._get_param("Tags") or {})
    return register(self)


def attributes_as_set(self):
    result = attributes(self)
    if result.get("RedrivePolicy"):
        result["RedrivePolicy"] = json.dumps(json.loads(result["RedrivePolicy"]), separators=(",", ":"))
    return result


# All targets of the example have the same tags.
ApplicationAutoScalingResponse.register_scalable_target = register_with_tags
ApplicationAutoScalingResponse.list_tags_for_resource = lambda self: json.dumps({"Tags": tags})
Queue.attributes = property(attributes_as_set)

main(["-H", "127.0.0.1", "-p", sys.argv[1]])
