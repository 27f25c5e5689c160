package dev.segue.worker.weights;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What a pickle holds, as inert data. A value may contain itself, so nothing here walks into its parts: equality of
 * containers is identity, and their texts do not show their content.
 */
public sealed interface PickleValue {

    /** Python's None. */
    enum None implements PickleValue {
        NONE
    }

    /** True or False. */
    record Flag(boolean value) implements PickleValue {}

    /** An integer of any size. */
    record Whole(BigInteger value) implements PickleValue {
        /** The value if it fits 64 bits. */
        public Optional<Long> asLong() {
            return value.bitLength() < Long.SIZE ? Optional.of(value.longValue()) : Optional.empty();
        }
    }

    /** A floating-point number. */
    record Real(double value) implements PickleValue {}

    /** A string. */
    record Text(String value) implements PickleValue {}

    /** A name of Python code: a class or a function. It is never looked up nor run. */
    record Global(String module, String name) implements PickleValue {
        boolean is(String otherModule, String otherName) {
            return module.equals(otherModule) && name.equals(otherName);
        }

        @Override
        public String toString() {
            return module + "." + name;
        }
    }

    /** A list, a tuple or a set. */
    final class Sequence implements PickleValue {
        private final List<PickleValue> items = new ArrayList<>();

        /** Its items in order. */
        public List<PickleValue> items() {
            return Collections.unmodifiableList(items);
        }

        void add(PickleValue item) {
            items.add(item);
        }

        @Override
        public String toString() {
            return "a sequence of " + items.size();
        }
    }

    /** A dictionary, in the order of its insertions. */
    final class Dictionary implements PickleValue {
        private final List<Entry> entries = new ArrayList<>();

        /** Its entries in order of insertion; a key that was set again stands again. */
        public List<Entry> entries() {
            return Collections.unmodifiableList(entries);
        }

        /** What was last set for the text {@code key}. */
        public Optional<PickleValue> get(String key) {
            for (int i = entries.size() - 1; i >= 0; i--) {
                if (entries.get(i).key() instanceof Text text && text.value().equals(key)) {
                    return Optional.of(entries.get(i).value());
                }
            }
            return Optional.empty();
        }

        void put(PickleValue key, PickleValue value) {
            entries.add(new Entry(key, value));
        }

        @Override
        public String toString() {
            return "a dictionary of " + entries.size();
        }
    }

    /** One entry of a dictionary. */
    record Entry(PickleValue key, PickleValue value) {
        @Override
        public String toString() {
            return "an entry";
        }
    }

    /** A call that the pickle asks for and that nobody makes. */
    final class Call implements PickleValue {
        private final Global callee;
        private final Sequence arguments;

        Call(Global callee, Sequence arguments) {
            this.callee = callee;
            this.arguments = arguments;
        }

        /** What it would call. */
        public Global callee() {
            return callee;
        }

        /** With what. */
        public List<PickleValue> arguments() {
            return arguments.items();
        }

        @Override
        public String toString() {
            return "a call of " + callee;
        }
    }

    /** A reference to something outside the pickle; in a checkpoint, a storage. */
    final class Outside implements PickleValue {
        private final Sequence id;

        Outside(Sequence id) {
            this.id = id;
        }

        /** How the pickle names it. */
        public List<PickleValue> id() {
            return id.items();
        }

        @Override
        public String toString() {
            return "a reference to a storage";
        }
    }
}
