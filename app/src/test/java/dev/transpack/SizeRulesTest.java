package dev.transpack;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/// Holds the hard limits of CONTRIBUTING.md: files of 400 lines, methods of 40, six parameters. Records may have more
/// members: they are data, and named where they are read.
class SizeRulesTest {
    private static final int FILE = 400;
    private static final int METHOD = 40;
    private static final int PARAMETERS = 6;

    /// What was larger when the limits came. Nothing is added here, and what has become smaller is taken out.
    private static final Set<String> LARGER =
            Set.of("PackPages.<init>: parameters", "PurgePages.purge: parameters", "S3Errors.answered: lines");

    @Test
    void filesMethodsAndParameterListsStaySmall() throws IOException {
        var found = new TreeSet<String>();
        for (var file : sources())
            if (Files.readAllLines(file).size() > FILE) found.add(file.getFileName() + ": lines");
        found.addAll(methods(sources()));
        assertThat(found).isEqualTo(new TreeSet<>(LARGER));
    }

    private static List<Path> sources() throws IOException {
        var all = new ArrayList<Path>();
        for (var folder : List.of("src", "../librar/src"))
            try (var files = Files.walk(Path.of(folder))) {
                all.addAll(
                        files.filter(file -> file.toString().endsWith(".java")).toList());
            }
        assertThat(all).hasSizeGreaterThan(100);
        return all;
    }

    private static List<String> methods(List<Path> sources) throws IOException {
        var compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            var task = (JavacTask) compiler.getTask(
                    null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(sources));
            var trees = Trees.instance(task);
            var found = new ArrayList<String>();
            for (var unit : task.parse()) new TooLarge(unit, trees, found).scan(unit, null);
            return found;
        }
    }

    private static final class TooLarge extends TreeScanner<Void, Void> {
        private final CompilationUnitTree unit;
        private final Trees trees;
        private final List<String> found;
        private String type = "";
        private boolean inRecord;

        TooLarge(CompilationUnitTree unit, Trees trees, List<String> found) {
            this.unit = unit;
            this.trees = trees;
            this.found = found;
        }

        @Override
        public Void visitClass(ClassTree tree, Void nothing) {
            var outer = type;
            var outerIsRecord = inRecord;
            if (!tree.getSimpleName().isEmpty()) type = tree.getSimpleName().toString();
            inRecord = tree.getKind() == Tree.Kind.RECORD;
            super.visitClass(tree, null);
            type = outer;
            inRecord = outerIsRecord;
            return null;
        }

        @Override
        public Void visitMethod(MethodTree tree, Void nothing) {
            var name = type + "." + tree.getName();
            var isRecords = inRecord && tree.getName().contentEquals("<init>");
            if (lines(tree) > METHOD) found.add(name + ": lines");
            if (!isRecords && tree.getParameters().size() > PARAMETERS) found.add(name + ": parameters");
            return super.visitMethod(tree, null);
        }

        private long lines(MethodTree tree) {
            if (tree.getBody() == null) return 0;
            var positions = trees.getSourcePositions();
            var map = unit.getLineMap();
            return map.getLineNumber(positions.getEndPosition(unit, tree))
                    - map.getLineNumber(positions.getStartPosition(unit, tree.getBody()))
                    + 1;
        }
    }
}
