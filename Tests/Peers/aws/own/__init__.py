"""`OwnAWSAnswers`: our own stand-in for what moto lacks or answers otherwise than AWS.

None of this is AWS's or moto's code: it follows AWS's documents, and only the real cloud proves those.
"""

from .answers import OwnAWSAnswers

__all__ = ["OwnAWSAnswers"]
