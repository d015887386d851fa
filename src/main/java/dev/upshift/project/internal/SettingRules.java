package dev.upshift.project.internal;

import dev.upshift.project.ProjectSettings;
import dev.upshift.project.Setting;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;

/** Asks Bean Validation whether settings are as their constraints say; the sentences are the settings' own. */
final class SettingRules {

    private static final Validator VALIDATOR = Validation.byDefaultProvider()
            .configure()
            .messageInterpolator(new ParameterMessageInterpolator())
            .buildValidatorFactory()
            .getValidator();

    private SettingRules() {}

    static void check(ProjectSettings settings, FieldProblems problems) {
        for (Setting setting : Setting.all()) {
            boolean allowed =
                    VALIDATOR.validateProperty(settings, setting.name()).isEmpty();
            problems.require(allowed, setting.field(), setting.objection(setting.of(settings)));
        }
    }
}
