"""Answers about canonical JSON (rfc8785), Merkle trees (pymerkle), PROV (prov), JSON-LD (pyld)."""

import io
import json

import rfc8785
from lines import answer
from prov.model import ProvDocument
from pyld import jsonld
from pymerkle import InmemoryTree
from rdflib.namespace import SDO


def canonical(values):
    """Return the canonical JSON of each value, as hexadecimal."""
    return [rfc8785.dumps(value).hex() for value in values]


def _tree(leaves):
    tree = InmemoryTree(algorithm="sha256")
    for leaf in leaves:
        tree.append_entry(bytes.fromhex(leaf))
    return tree


def roots(leaves):
    """Return the root over the first n leaves, for n from 1 to all."""
    tree = _tree(leaves)
    return [tree.get_state(size + 1).hex() for size in range(len(leaves))]


def inclusion(leaves, index, size):
    """Return the siblings of a leaf (from 0) in the tree of the first `size`, from below."""
    proof = _tree(leaves).prove_inclusion(index + 1, size)
    return [each.hex() for each in proof.path[1:]]


def provenance(text):
    """Read PROV-JSON; return its records by kind, and whether writing it again gives the same."""
    document = ProvDocument.deserialize(content=text, format="json")
    counts = {}
    for record in document.get_records():
        name = record.get_type().localpart
        counts[name] = counts.get(name, 0) + 1
    again = io.StringIO()
    document.serialize(again, format="json")
    same = ProvDocument.deserialize(content=again.getvalue(), format="json") == document
    return {"counts": counts, "same": same, "notation": document.get_provn()}


def expand(text, contexts):
    """Expand JSON-LD; contexts are given by address, none is fetched."""

    def load(url, _options):
        if url not in contexts:
            raise LookupError(url)
        return {"contextUrl": None, "documentUrl": url, "document": contexts[url]}

    return jsonld.expand(json.loads(text), {"documentLoader": load})


def schema_org_lacks(names):
    """Return those of the names that are no class or property of schema.org, as rdflib has it."""
    return [name for name in names if name not in SDO]


answer(
    {
        "schema_org_lacks": schema_org_lacks,
        "canonical": canonical,
        "roots": roots,
        "inclusion": inclusion,
        "provenance": provenance,
        "expand": expand,
    }
)
