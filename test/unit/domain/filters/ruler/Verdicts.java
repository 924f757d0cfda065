import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import software.amazon.event.ruler.Machine;

/** Reads lines of generate.ts, and prints each pattern and event with what Event Ruler says to them. */
class Verdicts {
    public static void main(String[] arguments) throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            JsonNode given = mapper.readTree(line);
            String pattern = textAt(line, "pattern", given);
            String event = textAt(line, "event", given);
            Machine machine = new Machine();
            machine.addRule("rule", pattern);
            boolean matches = !machine.rulesForJSONEvent(event).isEmpty();
            out.println("[" + pattern + "," + event + "," + (matches ? 1 : 0) + "]");
        }
        out.flush();
    }

    /** As JSON.stringify wrote it, since writing numbers again may change them. */
    private static String textAt(String line, String name, JsonNode given) {
        int eventStart = line.lastIndexOf(",\"event\":{");
        return name.equals("pattern") ? line.substring("{\"pattern\":".length(), eventStart)
            : line.substring(eventStart + ",\"event\":".length(), line.length() - 1);
    }
}
