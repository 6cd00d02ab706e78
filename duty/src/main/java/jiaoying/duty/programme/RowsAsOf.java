package jiaoying.duty.programme;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads items of a register as rows at the end of one day (as of). One reader serves all the items of a figure: what they share
 * (the fields and stages of their kind, the same days) it keeps once, so that a row is two small arrays. For one thread.
 */
public final class RowsAsOf {
    private static final int NOWHERE = -1;

    private final Instant end;
    private final ZoneId zone;
    private final Map<Kind, Shape> shapes = new IdentityHashMap<>();
    private final Map<LocalDate, Cell> days = new HashMap<>();
    private final Map<String, Cell> written = new HashMap<>();

    public RowsAsOf(LocalDate day, ZoneId zone) {
        this.end = day.plusDays(1).atStartOfDay(zone).toInstant();
        this.zone = zone;
    }

    /** An item of a kind, of which nothing else is known yet. */
    public Reading of(Kind kind) {
        return new Reading(shapes.computeIfAbsent(kind, Shape::of));
    }

    /** The places of fields and stages in the rows of a kind. */
    private record Shape(Kind kind, Map<String, Integer> fields, Map<String, Integer> stages) {
        static Shape of(Kind kind) {
            return new Shape(
                    kind,
                    places(kind.fields().stream().map(Field::id).toList()),
                    places(kind.stages().stream().map(Kind.Stage::id).toList()));
        }

        private static Map<String, Integer> places(List<String> names) {
            var places = new HashMap<String, Integer>();
            names.forEach(name -> places.put(name, places.size()));
            return places;
        }
    }

    private record Read(String id, Shape shape, Kind.Stage at, Cell[] cells, Cell[] entered) implements Row {
        @Override
        public String kind() {
            return shape.kind.id();
        }

        @Override
        public String stage() {
            return at.id();
        }

        @Override
        public CoreState core() {
            return at.core();
        }

        @Override
        public Cell cell(String field) {
            return cell(cells, shape.fields.getOrDefault(field, NOWHERE));
        }

        @Override
        public Cell enteredOn(String to) {
            return cell(entered, shape.stages.getOrDefault(to, NOWHERE));
        }

        private static Cell cell(Cell[] cells, int place) {
            return place == NOWHERE ? Cell.MISSING : cells[place];
        }
    }

    /** One item while it is read. */
    public final class Reading {
        private final Shape shape;
        private final Cell[] cells;
        private final Cell[] entered;
        private String stage = "";

        private Reading(Shape shape) {
            this.shape = shape;
            this.cells = missing(shape.fields.size());
            this.entered = missing(shape.stages.size());
        }

        private static Cell[] missing(int size) {
            var cells = new Cell[size];
            Arrays.fill(cells, Cell.MISSING);
            return cells;
        }

        /** It came into a stage; told in the order of its history. What happened after the day had not happened then. */
        public void entered(String to, Instant happenedAt) {
            if (happenedAt.isBefore(end)) {
                stage = to;
                var place = shape.stages.getOrDefault(to, NOWHERE);
                if (place != NOWHERE) {
                    entered[place] = days.computeIfAbsent(LocalDate.ofInstant(happenedAt, zone), Cell::of);
                }
            }
        }

        /** A field as it is known now; what its kind does not have is left out. */
        public void field(String name, String text) {
            var place = shape.fields.getOrDefault(name, NOWHERE);
            if (place != NOWHERE) {
                var field = shape.kind.fields().get(place);
                cells[place] =
                        field.type() == Field.Type.DATE ? written.computeIfAbsent(text, field::cell) : field.cell(text);
            }
        }

        /** Empty: it had not begun. @throws IllegalStateException its kind does not have the stage in which it was */
        public Optional<Row> row(String number) {
            return stage.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Read(number, shape, shape.kind.stage(stage), cells, entered));
        }
    }
}
