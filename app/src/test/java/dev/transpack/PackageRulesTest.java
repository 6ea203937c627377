package dev.transpack;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Holds the arrows of ARCHITECTURE.md: data flows left to right, imports point left.
class PackageRulesTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.transpack");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            settings     | ''
            database     | settings
            jobs         | database settings
            accounts     | database settings
            transmission | settings
            browse       | transmission jobs database settings
            packing      | browse librar jobs database settings
            uploading    | packing librar jobs database settings
            sharing      | uploading packing librar jobs database settings
            verifying    | sharing uploading packing librar jobs database settings
            purging      | sharing uploading packing browse transmission librar jobs database settings
            space        | uploading packing browse librar jobs database settings
            fetching     | sharing uploading librar settings
            web          | accounts space purging verifying sharing uploading packing browse transmission librar jobs database settings
            demo         | settings
            command      | demo web fetching accounts space purging verifying sharing uploading packing browse transmission librar jobs database settings
            """)
    void importsPointLeft(String feature, String allowed) {
        var mayImport = Stream.concat(
                        Stream.of(feature), Arrays.stream(allowed.split(" ")).filter(name -> !name.isEmpty()))
                .map(name -> "dev.transpack." + name + "..")
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage("dev.transpack." + feature + "..")
                .should()
                .dependOnClassesThat(resideInAPackage("dev.transpack..").and(not(resideInAnyPackage(mayImport))))
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @ParameterizedTest
    @CsvSource({"jakarta.servlet..", "org.thymeleaf..", "org.springframework.web..", "org.springframework.ui.."})
    void onlyTheWebKnowsServletsAndTemplates(String framework) {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.transpack.web..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(framework)
                .check(CLASSES);
    }
}
