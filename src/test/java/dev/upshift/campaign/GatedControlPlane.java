package dev.upshift.campaign;

import dev.upshift.UpshiftApplication;
import dev.upshift.lab.ProductOnly;
import java.io.IOException;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.support.GenericApplicationContext;

/** The whole control plane in a process of its own, as it is shipped but for the gate around its steps. */
final class GatedControlPlane {

    /** System property: the port that the campaign listens on. */
    static final String PORT = "campaign.port";

    /** System property: what the campaign calls this process. */
    static final String NAME = "campaign.name";

    /** How this process announces that it is ready, followed by the port of its REST interface. */
    static final String READY = "READY";

    private GatedControlPlane() {}

    public static void main(String[] arguments) throws IOException {
        Gate gate = Gate.connect(Integer.getInteger(PORT), System.getProperty(NAME));
        SpringApplication application = new SpringApplication(UpshiftApplication.class, ProductOnly.class);
        application.addInitializers(context -> {
            if (context instanceof GenericApplicationContext beans) {
                beans.registerBean("gatedBeans", GatedBeans.class, () -> new GatedBeans(gate));
            }
        });
        application.addListeners(new Announcement(gate));
        application.run(arguments);
    }

    private record Announcement(Gate gate) implements ApplicationListener<ApplicationReadyEvent> {

        @Override
        public void onApplicationEvent(ApplicationReadyEvent event) {
            gate.pass(
                    READY + " " + event.getApplicationContext().getEnvironment().getProperty("local.server.port"));
        }
    }
}
