package dev.transpack.web;

import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;

/// The wiring of the pages, the API and the event stream: every controller of this package.
@Configuration(proxyBeanMethods = false)
@ComponentScan
public class WebConfiguration {}
