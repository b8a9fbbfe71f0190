package dev.parley.benchmarks;

import dev.parley.benchmarks.Benchmarks.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// The JVMs of a Parley on this machine: several where its roles run apart.
///
/// @param processes empty where there are none on this machine
record ServerProcess(List<ProcessHandle> processes) {

    /// As `bin/run` starts it.
    private static final String MARK = "parley.jar --parley.data";

    /// The ones that `--pid` names, separated by commas; without it, all that `bin/run` started.
    static ServerProcess of(Options options) {
        String named = options.text("pid", "");
        if (named.isEmpty()) {
            return new ServerProcess(ProcessHandle.allProcesses()
                    .filter(process -> process.info().commandLine().orElse("").contains(MARK))
                    .toList());
        }
        return new ServerProcess(Arrays.stream(named.split(","))
                .map(pid -> ProcessHandle.of(Long.parseLong(pid)).orElseThrow())
                .toList());
    }

    /// @throws IllegalStateException if none is known
    ServerProcess required() {
        if (processes.isEmpty()) {
            throw new IllegalStateException("No Parley of bin/run on this machine: name its process with --pid");
        }
        return this;
    }

    CpuClock cpuClock() {
        return new CpuClock(processes);
    }

    /// What lives on the heap: garbage is collected first.
    long heapBytes() throws IOException, InterruptedException {
        long bytes = 0;
        for (ProcessHandle process : processes) {
            bytes += histogramTotal(process.pid());
        }
        return bytes;
    }

    /// The last line of the histogram is `Total <instances> <bytes>`.
    private static long histogramTotal(long pid) throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(pid),
                        "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        List<String> lines = jcmd.inputReader().readAllLines();
        jcmd.waitFor();
        return lines.stream()
                .filter(line -> line.startsWith("Total"))
                .map(line -> line.split("\\s+"))
                .mapToLong(words -> Long.parseLong(words[2]))
                .findFirst()
                .orElseThrow(() -> new IOException("jcmd says " + lines));
    }

    /// Resident memory, heap that is free at the moment included; Linux only.
    long residentBytes() throws IOException {
        long bytes = 0;
        for (ProcessHandle process : processes) {
            bytes += Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .sum();
        }
        return bytes;
    }
}
